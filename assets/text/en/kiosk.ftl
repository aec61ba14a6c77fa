# What the screen says. Each refusal is one sentence; its "-do" is the one thing to do.

app-title = NHI card services

## Around every screen
sign-line-up = Online
sign-line-down = Offline
sign-printer-ready = Printer ready
sign-printer-trouble = No printing
time-left = { $time } left
time-warning = This visit ends and is wiped in { $seconds } seconds. To go on, press “Time +” below.
footer-more-time = Time +
footer-back = Back
footer-text-large = Bigger
footer-text-normal = Smaller
footer-contrast-high = Dark
footer-contrast-normal = Bright
footer-lower = Lower
footer-raise = Raise
footer-help = Help
footer-close = Close
footer-end = End
list-previous = Previous
list-next = Next
continue = Continue
yes = Yes
no = No, back
and-comma = { ", " }
step = Step { $number } of { $count }: { $name }
step-area = area
step-brands = vaccines
step-mobile = mobile number
step-summary = check
step-site = place
step-slot = time
key-clear = Clear
key-erase = Erase

## Dates
date-day = { $weekday } { $day } { $month }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

## Idle
idle-title = How can we help?
idle-lead = Have your NHI card ready
idle-insert = Or just insert your NHI card
idle-vaccine = Vaccine
idle-vaccine-detail = Register, or book a time
idle-masks = Pre-ordered masks
idle-masks-detail = Print your pickup slip
idle-by-number = Masks by pickup number
idle-by-number-detail = Without a card, or for others
idle-no-paper = No printing now; everything else works.
idle-no-paper-do = Photograph the number, or ask the staff.
idle-no-line = The centre is offline; you can still be served.
idle-no-line-do = Bookings are confirmed later by text message.
closed-no-reader = Card reader out of service: ask the staff
closed-no-roster = Getting ready: try again later
closed-no-round = No round is open now
closed-no-records = This kiosk is out of service: use another one

## Help
help-title = Do you need help?
help-warning = No one will ever ask you for a bank transfer by phone or text.
help-vaccine = Vaccines
help-vaccine-number = Call 1922
help-card = NHI card
help-card-number = 0800-030-598
help-card-number-detail = 4128-678; from mobiles 02-4128-678
help-fraud = Fraud
help-fraud-number = Call 165
help-number = Card number
help-number-where = 12 digits, lower left of the front
help-number-detail = Worn off? NHI app, or website once registered; else local government or 1922

## The card
card-insert-title = Insert your NHI card
card-insert-lead = Chip first, front up, gently to the end
card-take-title = Take the card out first
card-by-number = Use a pickup number
card-wrong-do = Take it out and insert your NHI card.
card-wrong-citizen = This is a Citizen Digital Certificate, not an NHI card.
card-wrong-professional = This is a health professional's card, not an NHI card.
card-wrong-bank = This is a bank card, not an NHI card.
card-wrong-stored-value = This is a stored-value card, not an NHI card.
card-wrong-sim = This is a phone card, not an NHI card.
card-wrong-other = This is not an NHI card.
card-mute = The card cannot be read.
card-mute-do = Chip first, front up: insert it again.
card-unreadable = The data on the card cannot be read.
card-unreadable-do = Wipe the chip gently with a dry cloth and try again.
card-bad-number = The number stored on the card is faulty.
card-bad-number-do = It is not your mistake. Call the NHI line 0800-030-598.
card-pulled = The card was taken out too soon.
card-pulled-do = Insert it again and wait for your name.
card-again-do = Try once more; then ask the staff or call 0800-030-598.
reading-title = Reading your card
identifying-title = Checking your details
reading-words = Please leave the card in

## Not served
refused-title = This card cannot be used
refused-unknown = This NHI card is not known.
refused-unknown-do = If it was made within the last hour, try again later. If not, call 1922.
refused-offline = The centre cannot be reached to check this card.
refused-offline-do = Try again when the line is back, or at another place.
refused-old-card = This is an old NHI card.
refused-old-card-do = A newer one was issued: please bring the current card.
refused-insurance-only = The number on this card does not match.
refused-insurance-only-do = Please call 1922; they will help you.
refused-other-number = This is not the number on your current NHI card.
refused-other-number-do = Use the residence number on your newest NHI card. Questions: 0800-030-598.
take-card-and-end = Take card and end

## Who you are and what you may do
menu-title = What would you like to do?
menu-lead = Please leave your card in
menu-declare = Register willingness
menu-declare-detail = You get a text when it is your turn
menu-change = Change registration
menu-change-detail = Mobile number, area, vaccines
menu-cancel = Cancel registration
menu-cancel-detail = You will be asked once more
menu-book = Book a vaccination
menu-book-detail = Choose place and time
menu-show-booking = My booking
menu-booking-confirmed = Confirmed: view or print again
menu-booking-pending = Received, not confirmed yet
menu-masks = Pre-ordered masks
menu-masks-detail = Print the pickup slip
menu-no-orders = No pre-order of yours at this store
menu-pending-refused = Your earlier booking request did not succeed.
label-person = Name
label-area = Area
label-brands = Vaccines
label-brand = Vaccine
label-mobile = Mobile
label-site = Place
label-when = When
label-registration-number = Registration number
label-receipt = Receipt number
label-booking-number = Booking number
label-slip-number = Slip number

## Rules that say no
rejected-slot-full = That time has just filled up: choose another.
rejected-already-booked = You already have a booking: see "My booking".
rejected-no-willingness = Please register your willingness first.
rejected-not-called = It is not your group's turn yet; you will get a text.
rejected-not-in-round = You are not in the groups of this round.
rejected-window-closed = Not open at this time; watch for the announcement.
rejected-brand = This place gives a vaccine you did not choose.
rejected-unknown-target = This choice has changed: please choose again.
rejected-identity = The card could not be verified: call 1922.
rejected-cancel-elsewhere = A booking cannot be cancelled here: use the website, the app, a health centre or a pharmacy.
rejected-no-booking = There is no booking to cancel.
rejected-booking-stands = You still have a booking; cancel it first.
rejected-order-unknown = This order was not found: call 1922.
rejected-order-void = This order was not paid in time and is void.
rejected-other-store = Fetch it at the store you chose.
rejected-outside-pickup = Not within the pickup days.
rejected-slip-exists = The slip of this order was printed already.
rejected-not-this-channel = This cannot be done here.
rejected-bought-already = The days since the last purchase are not over yet.
rejected-odd-even = Today is for the other last digits.
rejected-no-child-masks = Child masks are for children's cards.
rejected-sale-lapsed = No answer in time: nothing was sold. Please try again.
rejected-store-moved = This store is closed: choose another.
rejected-slip-unknown = This slip is not one of this store.
rejected-slip-redeemed = This slip has been used already.

## Choosing a place
area-county-title = Choose a city or county
area-township-title = Choose a district
area-other = Another area

## Willingness
willingness-area-title = Where would you like it?
willingness-area-lead = This store's district is chosen already
willingness-brands-title = Which vaccines do you accept?
willingness-brands-lead = All are ticked; touch one to refuse it
brand-chosen = Accepted
brand-refused = Not this one
brand-mistake = At least one vaccine must stay ticked.
willingness-summary-title = Is this right?
willingness-change-title = Change your registration?
willingness-no-order = The registration number is not the order of booking.
willingness-yes = Yes, register
willingness-cancel-title = Cancel your registration?
willingness-cancel-yes = Yes, cancel it

## Mobile number
mobile-title = Your mobile number
mobile-lead = Notices are sent to this phone
mobile-label = Mobile number (10 digits)
mobile-mistake = A mobile number is 10 digits beginning with 09.

## Booking
booking-sites-title = Choose a place
booking-no-sites = No place is open in this area.
booking-no-sites-do = Touch "Another area".
booking-slots-title = Choose date and time
booking-slots-asking = Asking for free places
booking-no-slots = No time is free at this place: go back and choose another.
slot-full = Full
slot-few = { $places } left
slot-free = Free
slot-detail = { $day } · { $places }
site-detail = { $brand } · { $address }
slot-unknown = Not known
booking-offline = Offline: "Yes" hands in your request; it is no booking yet.
booking-offline-do = The answer comes by text message; or ask 1922.
booking-no-paper = No printing now: photograph the result.
booking-cancel-where = To cancel later: { $places }.
booking-summary-title = Is this right?
booking-yes = Yes, book

## Masks
orders-title = Your pre-ordered masks
orders-lead = One slip for each order: touch the one to fetch
orders-entry = { $masks } adult masks
orders-until = Touch to print; fetch by { $day }
orders-again = Printed before: touch to print again; fetch by { $day }
orders-too-early = Not yet: from { $day }
orders-too-late = Too late since { $day }: no pickup, no refund
orders-other-store = Fetch it at "{ $store }"
orders-not-paid = Not paid in time: void
orders-redeemed = Fetched already
orders-no-paper = Pickup slips cannot be printed now.
by-number-title = Enter the pickup number
by-number-lead = It is in the text message
by-number-label = Pickup number (10 digits)
by-number-mistake = A pickup number has 10 digits.
by-number-person-title = Enter the buyer's ID number
by-number-person-lead = National ID or residence number
by-number-person-label = ID number (10 characters)
by-number-person-mistake = This ID number is not right: check each character.
by-number-no-match = Number and ID do not fit: please check both.
by-number-looking = Looking it up

## Doing and done
recording-title = Saving
answering-title = Asking the centre
recording-words = One moment, please
done-willingness = Registered
done-willingness-next = You get a text when it is your turn. The number is not the order of booking.
done-cancelled = Registration cancelled
done-cancelled-next = You can register again later.
done-booked = Booked
done-booked-next = Bring your NHI card and an ID on the day.
done-shown = You have a booking
done-shown-next = To cancel: { $places }.
done-pending = Received, not confirmed yet
done-pending-next = No place yet: the answer comes by text; or call 1922.
done-pickup = Your pickup slip
done-pickup-next = Take the slip to the counter with your ID or NHI card.
done-take-card = Take your card first
done-take-slip = Do not forget your slip
done-print = Print
done-print-again = Reprint
done-more = Do more
done-end = Finish
paper-under-way = Printing, please wait.
paper-again-under-way = Printing again (copy { $count }), please wait.
paper-out = Your slip is ready: please take it.
paper-sent = Your slip was sent to the printer: look at the slot.
paper-again-out = Printed again (copy { $count }): please take it.
paper-end = Out of paper. What you did stands.
paper-cover = The printer's cover is open. What you did stands.
paper-fault = The printer has a fault. What you did stands.
paper-no-printer = There is no printer now. What you did stands.
paper-held-do = The staff will help; the rest prints by itself.
paper-stopped-again-do = Ask the staff: it then prints by itself.
paper-stopped-do = Photograph the number above, or touch “Reprint”.

## Notices
notice-title = Please note
notice-continue = Back to the menu
notice-card-pulled = The card was taken out: nothing was done.
notice-card-pulled-do = Insert it again to go on.
notice-record-failed = It could not be saved: nothing was done.
notice-record-failed-do = Please use another kiosk and tell the staff.
notice-unknown = It is not certain whether it was saved.
notice-unknown-do = Insert your card again to see.
notice-refused = The centre did not accept this booking.
notice-tries = Too many wrong entries.
notice-tries-do = Use your NHI card, or call 1922.
take-card-title = Take your card
take-card-words = Do not forget your NHI card
take-card-again = Please take your NHI card
take-card-staff = A card was left here: staff, please help
