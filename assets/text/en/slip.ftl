# What the slips say.

## Dates and times

slip-date = { $weekday }, { $day } { $month-name } { $year }
slip-moment = { $day } { $month-name } { $year }, { $time }
slip-range-morning = { $start } - { $end }
slip-range-afternoon = { $start } - { $end }
slip-weekday-1 = Monday
slip-weekday-2 = Tuesday
slip-weekday-3 = Wednesday
slip-weekday-4 = Thursday
slip-weekday-5 = Friday
slip-weekday-6 = Saturday
slip-weekday-7 = Sunday
slip-month-1 = January
slip-month-2 = February
slip-month-3 = March
slip-month-4 = April
slip-month-5 = May
slip-month-6 = June
slip-month-7 = July
slip-month-8 = August
slip-month-9 = September
slip-month-10 = October
slip-month-11 = November
slip-month-12 = December

## On every slip

slip-reprint = COPY No. { $count }
slip-person-number = ID No.
slip-name = Name
slip-mobile = Mobile
slip-completed = Completed
slip-round = Round
slip-help-title = Need help?
slip-help-vaccine = Vaccines: 1922
slip-help-nhi = Health insurance: 0800-030-598
slip-help-nhi-local = or 4128-678
slip-help-nhi-mobile = from a mobile 02-4128-678
slip-help-fraud = Fraud: 165
slip-fraud = We never ask you to transfer money by phone or text message. If in doubt, call 165.
slip-printed = { $place }  { $terminal }
slip-printed-at = Printed { $moment }

## Booking confirmed (V8)

slip-booking-kind = Vaccine booking
slip-booking-title = Booking confirmed
slip-booking-number = Booking number
slip-booking-site = Where
slip-booking-address = Address
slip-booking-brand = Vaccine
slip-booking-bring = Bring your health card, an ID and this slip. Please be on time.
slip-booking-cancel-title = Need to cancel?
slip-booking-cancel = A store kiosk cannot cancel a booking. While booking is open, you can cancel it at one of these: { $places }.
slip-booking-notice = Notice from the site

## Booking pending: no place yet

slip-pending-kind = Vaccine booking request
slip-pending-title = Received, not yet confirmed
slip-pending-number = Request number
slip-pending-no-place = This is NOT a confirmed booking. No place is reserved for you yet. Wait for the answer; do not go to the site.
slip-pending-wanted = The time you asked for
slip-pending-how-title = How will I know?
slip-pending-when = Your request is handled as soon as the kiosk is back on line.
slip-pending-how-text = 1. Text message: the answer is sent to your mobile.
slip-pending-how-phone = 2. Phone: call 1922.
slip-pending-how-card = 3. Health card: insert it at any kiosk.

## Willingness registered (V4)

slip-willingness-kind = Vaccine registration
slip-willingness-title = Registration complete
slip-willingness-number = Registration number
slip-willingness-no-order = This number is not your place in a queue. Registering early or late makes no difference.
slip-willingness-area = Area
slip-willingness-brands = Accepted
slip-willingness-next-title = What happens next
slip-willingness-next = When it is the turn of your age group or category, you get a text message. Then book the time and the place.

## Mask pickup (M12–M15)

slip-pickup-kind = Mask pickup slip
slip-pickup-title = Mask pickup slip
slip-pickup-number = Slip number
slip-pickup-until = Last day for pickup
slip-pickup-hours-title = This slip is valid until
slip-pickup-hours = After that, print it again; the number stays the same.
slip-pickup-goods = Goods
slip-pickup-goods-value = { $count } adult masks
slip-pickup-price = Price
slip-pickup-price-value = NT${ $price } (paid)
slip-pickup-bring = Take this slip and an ID (national ID, health card or driving licence) to the counter. Fetching for someone else: bring both persons' IDs.
slip-pickup-once = One slip, one pickup. A copy has the same number; the newest one counts.
slip-pickup-late = After the last day: no pickup and no refund.
slip-pickup-exchange = Damaged masks are exchanged on the spot, as a whole set of { $count } only.
slip-pickup-clerk = For the clerk: scan all three, in order
slip-pickup-code-1 = 1
slip-pickup-code-2 = 2
slip-pickup-code-3 = 3

## Mask order (M1, M6–M9)

slip-order-kind = Mask order
slip-order-title = Mask order recorded
slip-order-pending-title = Received, not yet confirmed
slip-order-pending = This is NOT an order yet. You get the answer by text message. You can also insert your health card at any kiosk, or call 1922.
slip-order-number = Order number
slip-order-replaces = This replaces your earlier order. Only this one counts.
slip-order-pay-title = Pay within this time
slip-order-from = from { $moment }
slip-order-until = until { $moment }
slip-order-pay = Pay by bank transfer, ATM or card. Unpaid at the end, the order is void.
slip-order-pickup = Pickup
slip-order-pickup-value = { $from } to { $until }
slip-order-store = Pickup store
slip-order-price = Price
slip-order-price-value = NT${ $price } (with delivery)
slip-order-lottery = With too many orders a lottery decides. You are told either way.
slip-order-final = Once paid: no cancelling, no refund, no other store.

## Look-up (V11, M10, M16)

slip-lookup-kind = Look-up
slip-lookup-title = What we found
slip-lookup-moment = Looked up
slip-lookup-booking = Vaccine booking
slip-lookup-number = Number
slip-lookup-state = State
slip-lookup-confirmed = Booking confirmed
slip-lookup-pending = Not confirmed, no place yet
slip-lookup-cancelled = Cancelled
slip-lookup-no-booking = No booking found.
slip-lookup-order = Mask order
slip-lookup-account = Account to pay to
slip-lookup-pay-until = Pay until
slip-lookup-no-order = No order found.
slip-lookup-purchase = Mask purchases
slip-lookup-last = Last purchase
slip-lookup-next = Next from
slip-lookup-no-purchase = No purchases.

## Device code (R2)

slip-device-kind = Health card online services
slip-device-title = Device code
slip-device-number = Code
slip-device-until = Use it before
slip-device-how = Open the NHI app on your phone and enter the code above, or scan the QR code below.
slip-device-once = Works once. Show it to nobody and tell it to nobody on the phone.

## Counter sale (M2, M3)

slip-sale-kind = Mask receipt
slip-sale-title = Mask receipt
slip-sale-number = Receipt number
slip-sale-goods = Goods
slip-sale-adult = { $count } adult masks
slip-sale-child = { $count } child masks
slip-sale-price = Price
slip-sale-price-value = NT${ $price }
slip-sale-time = Bought
slip-sale-next = You can buy again from
slip-sale-staff = Served by
slip-sale-exchange = Damaged masks are exchanged on the spot, as a whole set only.

## Day totals

slip-totals-kind = Counter totals
slip-totals-title = Totals of the day
slip-totals-day = Day
slip-totals-amount = Money received
slip-totals-amount-value = NT${ $price }
slip-totals-sales = Sales
slip-totals-adult = Adult masks
slip-totals-child = Child masks
slip-totals-bookings = Bookings
slip-totals-cancelled = Cancelled bookings
slip-totals-slips = Slips printed
slip-totals-reprints = Copies
slip-totals-count = { $count }
slip-totals-pieces = { $count }
slip-totals-sheets = { $count }
slip-totals-staff-title = By person
slip-totals-staff-value = { $count } sales, NT${ $price }
slip-totals-sign = Checked by (signature)

## Readiness report

slip-readiness-kind = Terminal check
slip-readiness-fit = Fit for service
slip-readiness-unfit = NOT fit for service
slip-readiness-moment = Checked
slip-readiness-pass = pass
slip-readiness-fail = FAIL
slip-readiness-unknown = not tested
slip-check-reader = Card reader
slip-check-printer = Printer
slip-check-touch = Touch
slip-check-display = Display
slip-check-sound = Sound
slip-check-network = Network
slip-check-store = Database
slip-check-roster = Roster
slip-check-outbox = Outbox
slip-check-clock = Clock
slip-check-certificates = Certificates
slip-check-versions = Versions

## Test

slip-test-kind = Test slip
slip-test-title = Print test
slip-test-question = All is well if every line below is sharp, nothing is missing at the sides and the codes can be scanned.
slip-test-small = Small: Taiwan Centers for Disease Control
slip-test-body = Body: National Health Insurance
slip-test-heading = Heading: Notice
slip-test-rare = Rare characters: 堃喆峯煊碁銹裏墻恒粧嫺

## Where things can be done (C1–C3)

channel-store = a store
channel-pharmacy = a pharmacy
channel-health-centre = a health centre
channel-web = the website
channel-app = the NHI app
list-comma = {", "}
list-or = {" or "}
