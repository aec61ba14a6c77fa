# What the slips say.

## Dates and times

slip-date = { $weekday }, { $day } { $month-name } { $year }
slip-moment = { $day } { $month-name } { $year }, { $time }
slip-range-morning = { $start } – { $end }
slip-range-afternoon = { $start } – { $end }
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

slip-reprint = 補印 COPY No. { $count }
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
slip-pickup-goods = Goods
slip-pickup-goods-value = { $count } adult masks
slip-pickup-price = Price
slip-pickup-price-value = NT${ $price } (paid)
slip-pickup-bring = Take this slip and an ID (national ID, health card or driving licence) to the counter. Fetching for someone else: bring both persons' IDs.
slip-pickup-once = One slip, one pickup. A copy has the same number; the newest one counts.
slip-pickup-late = After the last day: no pickup and no refund.
slip-pickup-exchange = Damaged masks are exchanged on the spot, as a whole set of { $count } only.
slip-pickup-clerk = For the clerk: scan all three, in order
slip-pickup-code-1 = 第一段 1
slip-pickup-code-2 = 第二段 2
slip-pickup-code-3 = 第三段 3

## Test

slip-test-kind = Test slip
slip-test-title = Print test
slip-test-question = All is well if every line below is sharp, nothing is missing at the sides and the codes can be scanned.
slip-test-small = Small: Taiwan Centers for Disease Control
slip-test-body = Body: National Health Insurance
slip-test-heading = Heading: Notice
slip-test-rare = Rare characters: 堃喆峯煊碁銹裏墻恒粧嫺
slip-test-edges = ◀ left{"                    "}right ▶

## Where things can be done (C1–C3)

channel-store = a store
channel-pharmacy = a pharmacy
channel-health-centre = a health centre
channel-web = the website
channel-app = the NHI app
list-comma = {", "}
list-or = {" or "}
