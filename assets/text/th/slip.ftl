# What the slips say, in Thai. On paper the Chinese stands beside it.

## Dates and times

slip-date = { $weekday }ที่ { $day } { $month-name } ค.ศ. { $year }
slip-moment = { $day } { $month-name } ค.ศ. { $year } เวลา { $time }
slip-range-morning = { $start } – { $end } น.
slip-range-afternoon = { $start } – { $end } น.
slip-weekday-1 = วันจันทร์
slip-weekday-2 = วันอังคาร
slip-weekday-3 = วันพุธ
slip-weekday-4 = วันพฤหัสบดี
slip-weekday-5 = วันศุกร์
slip-weekday-6 = วันเสาร์
slip-weekday-7 = วันอาทิตย์
slip-month-1 = มกราคม
slip-month-2 = กุมภาพันธ์
slip-month-3 = มีนาคม
slip-month-4 = เมษายน
slip-month-5 = พฤษภาคม
slip-month-6 = มิถุนายน
slip-month-7 = กรกฎาคม
slip-month-8 = สิงหาคม
slip-month-9 = กันยายน
slip-month-10 = ตุลาคม
slip-month-11 = พฤศจิกายน
slip-month-12 = ธันวาคม

## On every slip

slip-reprint = สำเนา ครั้งที่ { $count }
slip-person-number = เลขประจำตัว
slip-name = ชื่อ
slip-mobile = โทรศัพท์มือถือ
slip-completed = เสร็จสิ้นเมื่อ
slip-round = รอบ
slip-help-title = ต้องการความช่วยเหลือ
slip-help-vaccine = วัคซีน: 1922
slip-help-nhi = ประกันสุขภาพ: 0800-030-598
slip-help-nhi-local = หรือ 4128-678
slip-help-nhi-mobile = จากมือถือ 02-4128-678
slip-help-fraud = แจ้งการหลอกลวง: 165
slip-fraud = เราไม่เคยขอให้ท่านโอนเงินทางโทรศัพท์หรือข้อความ หากสงสัยโทร 165
slip-printed = { $place }  { $terminal }
slip-printed-at = พิมพ์เมื่อ { $moment }

## Booking confirmed (V8)

slip-booking-kind = ใบนัดฉีดวัคซีน
slip-booking-title = จองสำเร็จ
slip-booking-number = หมายเลขการจอง
slip-booking-site = สถานที่
slip-booking-address = ที่อยู่
slip-booking-brand = วัคซีน
slip-booking-bring = วันฉีดวัคซีนโปรดนำบัตรประกันสุขภาพ บัตรประจำตัว และใบนี้มาด้วย และมาให้ตรงเวลา
slip-booking-cancel-title = ต้องการยกเลิกหรือไม่
slip-booking-cancel = เครื่องในร้านยกเลิกการจองไม่ได้ ในช่วงที่เปิดจอง ท่านยกเลิกได้ที่ { $places }
slip-booking-notice = ข้อควรทราบจากสถานที่ฉีด

## Booking pending: no place yet

slip-pending-kind = คำขอจองฉีดวัคซีน
slip-pending-title = รับเรื่องแล้ว ยังไม่ยืนยัน
slip-pending-number = หมายเลขคำขอ
slip-pending-no-place = นี่ยังไม่ใช่การจองที่ยืนยันแล้ว ยังไม่มีที่ว่างสำรองไว้ให้ท่าน โปรดรอคำตอบ อย่าเพิ่งไปที่สถานที่ฉีด
slip-pending-wanted = เวลาที่ท่านขอ
slip-pending-how-title = จะรู้ผลได้อย่างไร
slip-pending-when = คำขอของท่านจะดำเนินการทันทีที่เครื่องเชื่อมต่อได้อีกครั้ง
slip-pending-how-text = 1. ข้อความ: ผลจะส่งไปที่โทรศัพท์มือถือของท่าน
slip-pending-how-phone = 2. โทรศัพท์: โทร 1922
slip-pending-how-card = 3. บัตรประกันสุขภาพ: เสียบบัตรที่เครื่องใดก็ได้

## Willingness registered (V4)

slip-willingness-kind = ลงทะเบียนขอรับวัคซีน
slip-willingness-title = ลงทะเบียนเรียบร้อย
slip-willingness-number = หมายเลขลงทะเบียน
slip-willingness-no-order = หมายเลขนี้ไม่ใช่ลำดับคิว ลงทะเบียนก่อนหรือหลังไม่มีผลต่างกัน
slip-willingness-area = พื้นที่
slip-willingness-brands = วัคซีนที่รับ
slip-willingness-next-title = ขั้นต่อไป
slip-willingness-next = เมื่อถึงรอบกลุ่มอายุหรือประเภทของท่าน ท่านจะได้รับข้อความ จากนั้นจึงจองเวลาและสถานที่

## Mask pickup (M12–M15)

slip-pickup-kind = ใบรับหน้ากากอนามัย
slip-pickup-title = ใบรับหน้ากากอนามัย
slip-pickup-number = หมายเลขใบรับ
slip-pickup-until = วันสุดท้ายที่รับได้
slip-pickup-hours-title = ใบนี้ใช้ได้ถึง
slip-pickup-hours = หลังจากนั้นโปรดพิมพ์ใหม่ หมายเลขเดิม
slip-pickup-goods = สินค้า
slip-pickup-goods-value = หน้ากากผู้ใหญ่ { $count } ชิ้น
slip-pickup-price = ราคา
slip-pickup-price-value = { $price } ดอลลาร์ไต้หวัน (ชำระแล้ว)
slip-pickup-bring = นำใบนี้และบัตร (บัตรประชาชน บัตรประกันสุขภาพ หรือใบขับขี่) ไปที่เคาน์เตอร์ รับแทนผู้อื่น: นำบัตรของทั้งสองคน
slip-pickup-once = หนึ่งใบรับได้ครั้งเดียว ใบที่พิมพ์ซ้ำมีหมายเลขเดิม ใช้ใบล่าสุดเท่านั้น
slip-pickup-late = เลยกำหนดแล้วรับไม่ได้และไม่คืนเงิน
slip-pickup-exchange = หน้ากากชำรุดเปลี่ยนได้ทันทีที่เคาน์เตอร์ เปลี่ยนทั้งชุด { $count } ชิ้นเท่านั้น
slip-pickup-clerk = พนักงาน: สแกนทั้งสามรหัสตามลำดับ
slip-pickup-code-1 = 1
slip-pickup-code-2 = 2
slip-pickup-code-3 = 3

## Mask order (M1, M6–M9)

slip-order-kind = ใบสั่งจองหน้ากากอนามัย
slip-order-title = บันทึกการสั่งจองแล้ว
slip-order-pending-title = รับเรื่องแล้ว ยังไม่ยืนยัน
slip-order-pending = นี่ยังไม่ใช่การสั่งจอง ผลจะแจ้งทางข้อความ ท่านเสียบบัตรที่เครื่องใดก็ได้ หรือโทร 1922
slip-order-number = หมายเลขสั่งจอง
slip-order-replaces = ใบนี้แทนการสั่งจองครั้งก่อน นับเฉพาะใบนี้
slip-order-pay-title = ชำระเงินภายในช่วงนี้
slip-order-from = ตั้งแต่ { $moment }
slip-order-until = ถึง { $moment }
slip-order-pay = ชำระโดยโอนเงิน ตู้เอทีเอ็ม หรือบัตร หากไม่ชำระภายในกำหนด การสั่งจองเป็นโมฆะ
slip-order-pickup = ช่วงรับสินค้า
slip-order-pickup-value = { $from } ถึง { $until }
slip-order-store = ร้านที่รับ
slip-order-price = ราคา
slip-order-price-value = { $price } ดอลลาร์ไต้หวัน (รวมค่าส่ง)
slip-order-lottery = หากมีผู้สั่งจองมากเกินไปจะจับสลาก และจะแจ้งผลให้ท่านทราบ
slip-order-final = ชำระแล้วยกเลิก คืนเงิน หรือเปลี่ยนร้านไม่ได้

## Look-up (V11, M10, M16)

slip-lookup-kind = ใบตรวจสอบ
slip-lookup-title = ผลการตรวจสอบ
slip-lookup-moment = ตรวจสอบเมื่อ
slip-lookup-booking = การจองวัคซีน
slip-lookup-number = หมายเลข
slip-lookup-state = สถานะ
slip-lookup-confirmed = จองสำเร็จ
slip-lookup-pending = ยังไม่ยืนยัน ยังไม่มีที่
slip-lookup-cancelled = ยกเลิกแล้ว
slip-lookup-no-booking = ไม่พบการจอง
slip-lookup-order = การสั่งจองหน้ากาก
slip-lookup-account = บัญชีสำหรับชำระ
slip-lookup-pay-until = ชำระภายใน
slip-lookup-no-order = ไม่พบการสั่งจอง
slip-lookup-purchase = ประวัติการซื้อหน้ากาก
slip-lookup-last = ซื้อครั้งล่าสุด
slip-lookup-next = ซื้อได้อีกตั้งแต่
slip-lookup-no-purchase = ไม่มีประวัติการซื้อ

## Device code (R2)

slip-device-kind = บริการออนไลน์ของบัตรประกันสุขภาพ
slip-device-title = รหัสผูกอุปกรณ์
slip-device-number = รหัส
slip-device-until = ใช้ก่อน
slip-device-how = เปิดแอป NHI ในโทรศัพท์ ใส่รหัสด้านบน หรือสแกนคิวอาร์โค้ดด้านล่าง
slip-device-once = ใช้ได้ครั้งเดียว อย่าให้ผู้อื่นดู และอย่าบอกใครทางโทรศัพท์

## Counter sale (M2, M3)

slip-sale-kind = ใบเสร็จหน้ากากอนามัย
slip-sale-title = ใบเสร็จหน้ากากอนามัย
slip-sale-number = หมายเลขใบเสร็จ
slip-sale-goods = สินค้า
slip-sale-adult = หน้ากากผู้ใหญ่ { $count } ชิ้น
slip-sale-child = หน้ากากเด็ก { $count } ชิ้น
slip-sale-price = ราคา
slip-sale-price-value = { $price } ดอลลาร์ไต้หวัน
slip-sale-time = ซื้อเมื่อ
slip-sale-next = ซื้อได้อีกตั้งแต่
slip-sale-staff = พนักงาน
slip-sale-exchange = หน้ากากชำรุดเปลี่ยนได้ทันทีที่เคาน์เตอร์ เปลี่ยนทั้งชุดเท่านั้น

## Day totals

slip-totals-kind = สรุปยอดเคาน์เตอร์
slip-totals-title = ยอดรวมวันนี้
slip-totals-day = วันที่
slip-totals-amount = เงินที่รับ
slip-totals-amount-value = { $price } ดอลลาร์ไต้หวัน
slip-totals-sales = จำนวนการขาย
slip-totals-adult = หน้ากากผู้ใหญ่
slip-totals-child = หน้ากากเด็ก
slip-totals-bookings = การจอง
slip-totals-cancelled = การยกเลิก
slip-totals-slips = ใบที่พิมพ์
slip-totals-reprints = พิมพ์ซ้ำ
slip-totals-count = { $count }
slip-totals-pieces = { $count }
slip-totals-sheets = { $count }
slip-totals-staff-title = แยกตามพนักงาน
slip-totals-staff-value = ขาย { $count } ครั้ง { $price } ดอลลาร์ไต้หวัน
slip-totals-sign = ผู้ตรวจ (ลงชื่อ)

## Readiness report

slip-readiness-kind = รายงานตรวจเครื่อง
slip-readiness-fit = พร้อมให้บริการ
slip-readiness-unfit = ไม่พร้อมให้บริการ
slip-readiness-moment = ตรวจเมื่อ
slip-readiness-pass = ปกติ
slip-readiness-fail = ผิดปกติ
slip-readiness-unknown = ยังไม่ทดสอบ
slip-check-reader = เครื่องอ่านบัตร
slip-check-printer = เครื่องพิมพ์
slip-check-touch = จอสัมผัส
slip-check-display = จอภาพ
slip-check-sound = เสียง
slip-check-network = เครือข่าย
slip-check-store = ฐานข้อมูล
slip-check-roster = บัญชีรายชื่อ
slip-check-outbox = ข้อมูลรอส่ง
slip-check-clock = นาฬิกา
slip-check-certificates = ใบรับรอง
slip-check-versions = รุ่น

## Test

slip-test-kind = ใบทดสอบ
slip-test-title = ทดสอบการพิมพ์
slip-test-question = ถ้าทุกบรรทัดด้านล่างคมชัด ไม่มีตัวอักษรหายที่ขอบ และสแกนรหัสได้ แสดงว่าปกติ
slip-test-small = ตัวเล็ก: กรมควบคุมโรคไต้หวัน
slip-test-body = เนื้อความ: ประกันสุขภาพแห่งชาติ
slip-test-heading = หัวข้อ: ประกาศ
slip-test-rare = อักษรหายาก: 堃喆峯煊碁銹裏墻恒粧嫺

## Where things can be done (C1–C3)

channel-store = ร้านค้า
channel-pharmacy = ร้านขายยา
channel-health-centre = สถานีอนามัย
channel-web = เว็บไซต์
channel-app = แอป NHI
list-comma = {" "}
list-or = {" หรือ "}
