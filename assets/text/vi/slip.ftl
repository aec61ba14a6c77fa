# What the slips say, in Vietnamese. On paper the Chinese stands beside it.

## Dates and times

slip-date = { $weekday }, ngày { $day } { $month-name } năm { $year }
slip-moment = { $time }, ngày { $day } { $month-name } năm { $year }
slip-range-morning = { $start } – { $end }
slip-range-afternoon = { $start } – { $end }
slip-weekday-1 = Thứ Hai
slip-weekday-2 = Thứ Ba
slip-weekday-3 = Thứ Tư
slip-weekday-4 = Thứ Năm
slip-weekday-5 = Thứ Sáu
slip-weekday-6 = Thứ Bảy
slip-weekday-7 = Chủ Nhật
slip-month-1 = tháng 1
slip-month-2 = tháng 2
slip-month-3 = tháng 3
slip-month-4 = tháng 4
slip-month-5 = tháng 5
slip-month-6 = tháng 6
slip-month-7 = tháng 7
slip-month-8 = tháng 8
slip-month-9 = tháng 9
slip-month-10 = tháng 10
slip-month-11 = tháng 11
slip-month-12 = tháng 12

## On every slip

slip-reprint = BẢN SAO số { $count }
slip-person-number = Số giấy tờ
slip-name = Họ tên
slip-mobile = Di động
slip-completed = Hoàn tất lúc
slip-round = Đợt
slip-help-title = Cần giúp đỡ?
slip-help-vaccine = Vắc-xin: 1922
slip-help-nhi = Bảo hiểm y tế: 0800-030-598
slip-help-nhi-local = hoặc 4128-678
slip-help-nhi-mobile = gọi từ di động 02-4128-678
slip-help-fraud = Chống lừa đảo: 165
slip-fraud = Chúng tôi không bao giờ yêu cầu quý vị chuyển tiền qua điện thoại hay tin nhắn. Nếu nghi ngờ, hãy gọi 165.
slip-printed = { $place }  { $terminal }
slip-printed-at = In lúc { $moment }

## Booking confirmed (V8)

slip-booking-kind = Phiếu hẹn tiêm chủng
slip-booking-title = Đặt hẹn thành công
slip-booking-number = Số đặt hẹn
slip-booking-site = Địa điểm
slip-booking-address = Địa chỉ
slip-booking-brand = Vắc-xin
slip-booking-bring = Ngày tiêm, hãy mang thẻ bảo hiểm y tế, giấy tờ tùy thân và phiếu này. Xin đến đúng giờ.
slip-booking-cancel-title = Muốn hủy hẹn?
slip-booking-cancel = Máy ở cửa hàng không hủy được. Trong thời gian mở đặt hẹn, quý vị có thể hủy tại: { $places }.
slip-booking-notice = Lưu ý của điểm tiêm

## Booking pending: no place yet

slip-pending-kind = Yêu cầu đặt hẹn tiêm chủng
slip-pending-title = Đã nhận, chưa xác nhận
slip-pending-number = Số tiếp nhận
slip-pending-no-place = Đây CHƯA phải là hẹn đã được xác nhận. Chưa có chỗ cho quý vị. Hãy chờ trả lời, đừng đến điểm tiêm.
slip-pending-wanted = Thời gian quý vị yêu cầu
slip-pending-how-title = Làm sao biết kết quả?
slip-pending-when = Yêu cầu được xử lý ngay khi máy kết nối lại.
slip-pending-how-text = 1. Tin nhắn: kết quả được gửi đến di động của quý vị.
slip-pending-how-phone = 2. Điện thoại: gọi 1922.
slip-pending-how-card = 3. Thẻ bảo hiểm y tế: đưa thẻ vào bất kỳ máy nào.

## Willingness registered (V4)

slip-willingness-kind = Đăng ký nguyện vọng tiêm chủng
slip-willingness-title = Đăng ký hoàn tất
slip-willingness-number = Số đăng ký
slip-willingness-no-order = Số này không phải là thứ tự. Đăng ký sớm hay muộn đều như nhau.
slip-willingness-area = Khu vực
slip-willingness-brands = Chấp nhận
slip-willingness-next-title = Tiếp theo
slip-willingness-next = Khi đến lượt nhóm tuổi hoặc diện của quý vị, quý vị sẽ nhận tin nhắn. Sau đó hãy đặt giờ và nơi tiêm.

## Mask pickup (M12–M15)

slip-pickup-kind = Phiếu nhận khẩu trang
slip-pickup-title = Phiếu nhận khẩu trang
slip-pickup-number = Số phiếu
slip-pickup-until = Ngày cuối để nhận
slip-pickup-hours-title = Phiếu này có giá trị đến
slip-pickup-hours = Quá giờ, hãy in lại; số phiếu không đổi.
slip-pickup-goods = Hàng
slip-pickup-goods-value = { $count } khẩu trang người lớn
slip-pickup-price = Số tiền
slip-pickup-price-value = { $price } Đài tệ (đã trả)
slip-pickup-bring = Mang phiếu này và giấy tờ (căn cước, thẻ bảo hiểm y tế hoặc bằng lái) đến quầy. Nhận thay: mang giấy tờ của cả hai người.
slip-pickup-once = Mỗi phiếu chỉ nhận một lần. Bản in lại cùng số; chỉ bản mới nhất có giá trị.
slip-pickup-late = Quá hạn không được nhận và không hoàn tiền.
slip-pickup-exchange = Khẩu trang hỏng được đổi ngay tại chỗ, chỉ đổi cả bộ { $count } chiếc.
slip-pickup-clerk = Nhân viên: quét lần lượt ba mã
slip-pickup-code-1 = 1
slip-pickup-code-2 = 2
slip-pickup-code-3 = 3

## Mask order (M1, M6–M9)

slip-order-kind = Phiếu đặt khẩu trang
slip-order-title = Đã ghi nhận đặt mua
slip-order-pending-title = Đã nhận, chưa xác nhận
slip-order-pending = Đây CHƯA phải là đơn đặt. Kết quả sẽ gửi qua tin nhắn. Quý vị cũng có thể đưa thẻ vào bất kỳ máy nào hoặc gọi 1922.
slip-order-number = Số đơn
slip-order-replaces = Phiếu này thay cho đơn trước. Chỉ đơn này có giá trị.
slip-order-pay-title = Thanh toán trong thời gian này
slip-order-from = từ { $moment }
slip-order-until = đến { $moment }
slip-order-pay = Trả bằng chuyển khoản, ATM hoặc thẻ. Hết hạn chưa trả, đơn bị hủy.
slip-order-pickup = Nhận hàng
slip-order-pickup-value = { $from } đến { $until }
slip-order-store = Cửa hàng
slip-order-price = Số tiền
slip-order-price-value = { $price } Đài tệ (gồm phí giao)
slip-order-lottery = Nếu quá nhiều đơn sẽ bốc thăm. Kết quả sẽ được báo cho quý vị.
slip-order-final = Đã trả tiền: không hủy, không hoàn tiền, không đổi cửa hàng.

## Look-up (V11, M10, M16)

slip-lookup-kind = Tra cứu
slip-lookup-title = Kết quả tra cứu
slip-lookup-moment = Tra cứu lúc
slip-lookup-booking = Hẹn tiêm chủng
slip-lookup-number = Số
slip-lookup-state = Tình trạng
slip-lookup-confirmed = Đặt hẹn thành công
slip-lookup-pending = Chưa xác nhận, chưa có chỗ
slip-lookup-cancelled = Đã hủy
slip-lookup-no-booking = Không có hẹn.
slip-lookup-order = Đặt khẩu trang
slip-lookup-account = Tài khoản nộp tiền
slip-lookup-pay-until = Hạn nộp tiền
slip-lookup-no-order = Không có đơn đặt.
slip-lookup-purchase = Lịch sử mua khẩu trang
slip-lookup-last = Lần mua trước
slip-lookup-next = Mua lại từ
slip-lookup-no-purchase = Chưa mua lần nào.

## Device code (R2)

slip-device-kind = Dịch vụ mạng của thẻ bảo hiểm
slip-device-title = Mã thiết bị
slip-device-number = Mã
slip-device-until = Dùng trước
slip-device-how = Mở ứng dụng NHI trên điện thoại, nhập mã ở trên hoặc quét mã QR ở dưới.
slip-device-once = Chỉ dùng một lần. Đừng cho ai xem, đừng đọc cho ai qua điện thoại.

## Counter sale (M2, M3)

slip-sale-kind = Biên nhận khẩu trang
slip-sale-title = Biên nhận khẩu trang
slip-sale-number = Số biên nhận
slip-sale-goods = Hàng
slip-sale-adult = { $count } khẩu trang người lớn
slip-sale-child = { $count } khẩu trang trẻ em
slip-sale-price = Số tiền
slip-sale-price-value = { $price } Đài tệ
slip-sale-time = Mua lúc
slip-sale-next = Có thể mua lại từ
slip-sale-staff = Nhân viên
slip-sale-exchange = Khẩu trang hỏng được đổi ngay tại chỗ, chỉ đổi cả bộ.

## Day totals

slip-totals-kind = Tổng kết quầy
slip-totals-title = Tổng trong ngày
slip-totals-day = Ngày
slip-totals-amount = Tiền đã thu
slip-totals-amount-value = { $price } Đài tệ
slip-totals-sales = Số lần bán
slip-totals-adult = Khẩu trang người lớn
slip-totals-child = Khẩu trang trẻ em
slip-totals-bookings = Đặt hẹn
slip-totals-cancelled = Hủy hẹn
slip-totals-slips = Phiếu đã in
slip-totals-reprints = In lại
slip-totals-count = { $count }
slip-totals-pieces = { $count }
slip-totals-sheets = { $count }
slip-totals-staff-title = Theo nhân viên
slip-totals-staff-value = { $count } lần, { $price } Đài tệ
slip-totals-sign = Người kiểm (ký tên)

## Readiness report

slip-readiness-kind = Kiểm tra máy
slip-readiness-fit = Sẵn sàng phục vụ
slip-readiness-unfit = KHÔNG sẵn sàng
slip-readiness-moment = Kiểm tra lúc
slip-readiness-pass = tốt
slip-readiness-fail = LỖI
slip-readiness-unknown = chưa thử
slip-check-reader = Đầu đọc thẻ
slip-check-printer = Máy in
slip-check-touch = Cảm ứng
slip-check-display = Màn hình
slip-check-sound = Âm thanh
slip-check-network = Mạng
slip-check-store = Cơ sở dữ liệu
slip-check-roster = Danh sách
slip-check-outbox = Chờ gửi
slip-check-clock = Đồng hồ
slip-check-certificates = Chứng chỉ
slip-check-versions = Phiên bản

## Test

slip-test-kind = Phiếu thử
slip-test-title = In thử
slip-test-question = Nếu mọi dòng dưới đây rõ nét, không mất chữ ở hai bên và quét được mã là tốt.
slip-test-small = Chữ nhỏ: Taiwan Centers for Disease Control
slip-test-body = Chữ thường: Bảo hiểm y tế toàn dân
slip-test-heading = Tiêu đề: Thông báo
slip-test-rare = Chữ hiếm: 堃喆峯煊碁銹裏墻恒粧嫺

## Where things can be done (C1–C3)

channel-store = cửa hàng
channel-pharmacy = nhà thuốc
channel-health-centre = trạm y tế
channel-web = trang web
channel-app = ứng dụng NHI
list-comma = {", "}
list-or = {" hoặc "}
