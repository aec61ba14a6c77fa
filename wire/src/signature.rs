//! HTTP message signatures of a device (RFC 9421, RFC 9530).
