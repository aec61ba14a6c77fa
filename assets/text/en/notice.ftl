# Text messages and e-mails, sent by the centre.

notice-footer = Nobody will ever ask you for a transfer by phone or text. Vaccines 1922, fraud 165, health insurance 0800-030-598.

notice-booking-confirmed-subject = Your vaccination is booked
notice-booking-confirmed-text = Your booking is confirmed, number { $number }. When: { $when }. Where: { $site }. Please bring your health card.

notice-booking-refused-subject = Your vaccination is not booked
notice-booking-refused-text = The booking that was taken down earlier (receipt { $receipt }) could not be made; no place is held for you. Please book again.

notice-booking-cancelled-subject = Your booking is cancelled
notice-booking-cancelled-text = Your booking (number { $number }, { $when }) is cancelled.

notice-registration-code-subject = Confirm your e-mail address
notice-registration-code-text = Your code to confirm the registration is { $code }, valid until { $expires_at }. If you did not ask for it, ignore it; tell the code to nobody.

notice-password-code-subject = A new password
notice-password-code-text = Your code for a new password is { $code }, valid until { $expires_at }. If you did not ask for it, ignore it; tell the code to nobody.

notice-first-password-code-subject = Set your password
notice-first-password-code-text = Your card is registered for network services. The code to set a password is { $code }, valid until { $expires_at }. Tell the code to nobody.

notice-already-registered-subject = You are registered already
notice-already-registered-text = Somebody registered with your data again. Your registration stands as it was. If you forgot your password, choose "forgotten password".

notice-password-set-subject = Your password was changed
notice-password-set-text = Your password was changed. If that was not you, set a new one at once with "forgotten password".

notice-device-bound-subject = A device was bound
notice-device-bound-text = A mobile device was bound to your card's network services. If that was not you, call the health insurance line.

notice-mask-order-won-subject = Your mask order is met: please pay
notice-mask-order-won-text = Your order of { $round } is met. Please pay NTD { $price_twd } before { $pay_until }; an unpaid order is void.

notice-mask-order-lost-subject = Your mask order was not drawn
notice-mask-order-lost-text = We are sorry: your order of { $round } was not drawn. You may still buy at pharmacies and health centres.

notice-pickup-number-subject = Your mask pickup number
notice-pickup-number-text = Your pickup number is { $number }. Fetch your masks from { $first_day } to { $last_day } at { $store }; later there is no refund and no second chance.
