# What text messages and e-mails say. Each kind has a subject for e-mails and a body.

notice-help = Vaccine line 1922; NHI line 0800-030-598. We never ask for a transfer by phone or text. Suspicious call? Dial 165.

notice-registration-link-subject = Please confirm your NHI card registration
notice-registration-link = Open this link within 24 hours to finish registering: { $link } Ignore this if it was not you.
notice-password-link-subject = Set the password of your NHI card services
notice-password-link = Open this link within 24 hours to set your password: { $link } Ignore this if it was not you.
notice-account-changed-subject = Your NHI card services were changed
notice-account-changed = Your registration or password was changed. If it was not you, call the NHI line at once.
notice-device-bound-subject = App bound
notice-device-bound = A device was bound to your NHI app. If it was not you, call the NHI line at once.
notice-booked-subject = Vaccination booked
notice-booked = Vaccination booked. Booking number { $number }, { $date } { $start }, { $site }. Bring your NHI card and ID.
notice-booking-cancelled-subject = Vaccination booking cancelled
notice-booking-cancelled = Your vaccination booking { $number } was cancelled and the place given back.
notice-mask-order-won-subject = Your mask order was successful
notice-mask-order-won = Your order in "{ $round }" was successful. Pay NT${ $price } before { $until }, or it is void. See the website for your payment account.
notice-mask-order-lost-subject = Result of the mask lottery
notice-mask-order-lost = "{ $round }": there were more orders than masks; yours was not drawn. You may still buy at a pharmacy or health centre.
notice-mask-pickup-subject = Your masks can be fetched
notice-mask-pickup = Pickup number { $number }. Print the pickup slip at the kiosk of { $store } from { $first } to { $last }.
notice-mask-store-moved-subject = Your pickup store has changed
notice-mask-store-moved = The store you chose has closed. Fetch your masks at { $store }.
