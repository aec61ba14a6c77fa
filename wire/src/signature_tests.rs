//! Tests of the request signatures.
#![allow(clippy::unwrap_used)]

use super::*;

const BODY: &[u8] = br#"{"hello": "world"}"#;
const NOW: i64 = 1_775_181_600;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn signer() -> KeyId {
    KeyId::parse("T00042:1").unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn post() -> SignedRequest<'static> {
    SignedRequest {
        method: "POST",
        path: "/v1/operations",
        body: BODY,
    }
}

fn signed() -> SignatureHeaders {
    sign(&post(), signer(), at(NOW), [9; 16], &key(1)).unwrap()
}

fn check(request: &SignedRequest<'_>, headers: &SignatureHeaders) -> Result<String, WireError> {
    verify(request, headers, &key(1).verifying_key(), at(NOW))
}

/// Protects interoperability: the digest of RFC 9530's and RFC 9421's own example body.
#[test]
fn digest_matches_the_published_example() {
    assert_eq!(
        digest_header(BODY),
        "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"
    );
}

/// Protects interoperability: the headers and the signed text are as RFC 9421 section 2.5 lays
/// them out, so that any other implementation can sign for a device.
#[test]
fn headers_and_base_are_as_published() {
    let headers = signed();
    let parameters = "(\"@method\" \"@path\" \"content-digest\");created=1775181600;\
        keyid=\"T00042:1\";nonce=\"CQkJCQkJCQkJCQkJCQkJCQ\";alg=\"ed25519\"";
    assert_eq!(headers.signature_input, format!("sig1={parameters}"));
    let base = "\"@method\": POST\n\"@path\": /v1/operations\n\"content-digest\": \
        sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n\"@signature-params\": "
        .to_owned()
        + parameters;
    let expected = STANDARD.encode(key(1).sign(base.as_bytes()).to_bytes());
    assert_eq!(headers.signature, format!("sig1=:{expected}:"));
}

/// Protects the centre's gate: what was signed verifies, with and without a body, and the signer
/// and nonce can be read.
#[test]
fn signed_requests_verify() {
    let headers = signed();
    assert_eq!(claimed_signer(&headers).unwrap(), signer());
    assert_eq!(check(&post(), &headers).unwrap(), "CQkJCQkJCQkJCQkJCQkJCQ");
    let get = SignedRequest {
        method: "GET",
        path: "/v1/roster",
        body: b"",
    };
    let headers = sign(&get, signer(), at(NOW), [1; 16], &key(1)).unwrap();
    assert_eq!(headers.content_digest, None);
    assert!(check(&get, &headers).is_ok());
}

/// Protects the centre's gate: another body, path, method, key or device is refused.
#[test]
fn anything_else_is_refused() {
    let headers = signed();
    let body = SignedRequest {
        body: b"{}",
        ..post()
    };
    assert!(matches!(
        check(&body, &headers),
        Err(WireError::Hash { .. })
    ));
    for other in [
        SignedRequest {
            path: "/v1/people/check",
            ..post()
        },
        SignedRequest {
            method: "PUT",
            ..post()
        },
        SignedRequest {
            body: b"",
            ..post()
        },
    ] {
        assert!(matches!(
            check(&other, &headers),
            Err(WireError::Signature { .. })
        ));
    }
    let other_key = verify(&post(), &headers, &key(2).verifying_key(), at(NOW));
    assert!(matches!(other_key, Err(WireError::Signature { .. })));
    let renamed = SignatureHeaders {
        signature_input: headers.signature_input.replace("T00042", "T00043"),
        ..headers.clone()
    };
    assert!(matches!(
        check(&post(), &renamed),
        Err(WireError::Signature { .. })
    ));
    // A body whose digest is right but was not covered by the signature.
    let get = SignedRequest {
        body: b"",
        ..post()
    };
    let uncovered = SignatureHeaders {
        content_digest: headers.content_digest,
        ..sign(&get, signer(), at(NOW), [9; 16], &key(1)).unwrap()
    };
    assert!(matches!(
        check(&post(), &uncovered),
        Err(WireError::Signature { .. })
    ));
}

/// Protects against replay: five minutes either way, no more.
#[test]
fn stale_and_early_signatures_are_refused() {
    let headers = signed();
    for (offset_s, good) in [(-300, true), (300, true), (-301, false), (301, false)] {
        let verdict = verify(
            &post(),
            &headers,
            &key(1).verifying_key(),
            at(NOW + offset_s),
        );
        assert_eq!(verdict.is_ok(), good, "{offset_s}");
        assert!(good || matches!(verdict, Err(WireError::Stale { .. })));
    }
}

/// Protects the centre: missing, cut or foreign headers are refused, never a panic.
#[test]
fn missing_and_broken_headers_are_refused() {
    let good = signed();
    let broken = [
        SignatureHeaders {
            content_digest: None,
            ..good.clone()
        },
        SignatureHeaders {
            content_digest: Some("sha-512=:AAAA:".to_owned()),
            ..good.clone()
        },
        SignatureHeaders {
            signature: String::new(),
            ..good.clone()
        },
        SignatureHeaders {
            signature: "sig1=:AAAA:".to_owned(),
            ..good.clone()
        },
        SignatureHeaders {
            signature_input: String::new(),
            ..good.clone()
        },
        SignatureHeaders {
            signature_input: "sig1=()".to_owned(),
            ..good.clone()
        },
        SignatureHeaders {
            signature_input: "sig1=1".to_owned(),
            ..good.clone()
        },
        SignatureHeaders {
            signature_input: good.signature_input.replace("ed25519", "hmac-sha256"),
            ..good.clone()
        },
        SignatureHeaders {
            signature_input: good.signature_input.replace("\"@path\" ", ""),
            ..good.clone()
        },
    ];
    for headers in &broken {
        assert!(
            matches!(check(&post(), headers), Err(WireError::Signature { .. })),
            "{headers:?}"
        );
    }
    for end in 0..good.signature_input.len() {
        let cut = SignatureHeaders {
            signature_input: good.signature_input[..end].to_owned(),
            ..good.clone()
        };
        assert!(check(&post(), &cut).is_err());
    }
}

/// Protects the key's name: only `T` and five digits, a colon and an epoch.
#[test]
fn key_ids_read_back() {
    assert_eq!(signer().to_string(), "T00042:1");
    for wrong in [
        "",
        "T00042",
        "T42:1",
        "T00000:1",
        "T00042:01",
        "T00042:+1",
        "T00042:",
        "t00042:1",
    ] {
        assert_eq!(KeyId::parse(wrong), None, "{wrong}");
    }
}
