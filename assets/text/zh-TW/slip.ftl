# What the slips say.

## Dates and times. The year is the Republic's, as on every notice from the government.

slip-date = 民國{ $roc-year }年{ $month }月{ $day }日（{ $weekday }）
slip-moment = { $roc-year }年{ $month }月{ $day }日 { $time }
slip-range-morning = 上午 { $start }～{ $end }
slip-range-afternoon = 下午 { $start }～{ $end }
slip-weekday-1 = 星期一
slip-weekday-2 = 星期二
slip-weekday-3 = 星期三
slip-weekday-4 = 星期四
slip-weekday-5 = 星期五
slip-weekday-6 = 星期六
slip-weekday-7 = 星期日
slip-month-1 = 1月
slip-month-2 = 2月
slip-month-3 = 3月
slip-month-4 = 4月
slip-month-5 = 5月
slip-month-6 = 6月
slip-month-7 = 7月
slip-month-8 = 8月
slip-month-9 = 9月
slip-month-10 = 10月
slip-month-11 = 11月
slip-month-12 = 12月

## On every slip

slip-reprint = 補印　第 { $count } 次
slip-person-number = 證號
slip-name = 姓名
slip-mobile = 手機
slip-completed = 完成時間
slip-round = 梯次
slip-help-title = 需要協助
slip-help-vaccine = 疫苗諮詢　1922
slip-help-nhi = 健保諮詢　0800-030-598
slip-help-nhi-local = 　　　　　4128-678
slip-help-nhi-mobile = 　　　　　手機請撥 02-4128-678
slip-help-fraud = 防詐騙　　165
slip-fraud = 我們不會以電話或簡訊要求您轉帳匯款。接到可疑電話請撥 165。
slip-printed = { $place }　{ $terminal }
slip-printed-at = 列印時間　{ $moment }

## Booking confirmed (V8)

slip-booking-kind = 疫苗接種預約單
slip-booking-title = 預約成功
slip-booking-number = 預約序號
slip-booking-site = 接種地點
slip-booking-address = 地址
slip-booking-brand = 疫苗廠牌
slip-booking-bring = 接種當天請帶健保卡、身分證件和這張單子，準時報到。
slip-booking-cancel-title = 要取消預約嗎？
slip-booking-cancel = 超商機台不能取消預約。請在開放預約期間內，到{ $places }辦理。
slip-booking-notice = 接種地點提醒

## Booking pending: no place yet

slip-pending-kind = 疫苗接種預約申請
slip-pending-title = 已受理，尚未確認
slip-pending-number = 受理編號
slip-pending-no-place = 這還不是預約成功，目前還沒有為您保留名額。請等候通知，不要直接前往接種。
slip-pending-wanted = 您申請的時段
slip-pending-how-title = 怎麼知道結果？
slip-pending-when = 機台恢復連線後就會處理您的申請。
slip-pending-how-text = 一、看簡訊：結果會傳到您的手機。
slip-pending-how-phone = 二、打電話：撥 1922 詢問。
slip-pending-how-card = 三、插健保卡：到任何一台機台插卡查詢。

## Willingness registered (V4)

slip-willingness-kind = 疫苗接種意願登記
slip-willingness-title = 意願登記完成
slip-willingness-number = 登記序號
slip-willingness-no-order = 登記序號不是預約的順序，登記早晚不影響接種先後。
slip-willingness-area = 接種地區
slip-willingness-brands = 可接受廠牌
slip-willingness-next-title = 接下來
slip-willingness-next = 輪到您的年齡或類別時，會以簡訊通知。收到簡訊後，再來預約接種的時間和地點。

## Mask pickup (M12–M15)

slip-pickup-kind = 口罩領取單（小白單）
slip-pickup-title = 口罩領取單
slip-pickup-number = 取貨單號
slip-pickup-until = 請在這天以前領取（含當天）
slip-pickup-goods = 數量
slip-pickup-goods-value = 成人口罩 { $count } 片
slip-pickup-price = 金額
slip-pickup-price-value = { $price } 元（已付款）
slip-pickup-bring = 請拿這張單子和證件（身分證、健保卡或駕照）到櫃檯領取。代領請帶雙方證件。
slip-pickup-once = 一張單子只能領一次。補印的單子單號相同，以最新的一張為準。
slip-pickup-late = 過了期限不能補領，也不退款。
slip-pickup-exchange = 口罩若有破損，請當場整份（{ $count } 片）更換。
slip-pickup-clerk = 店員請依序刷下列三段條碼
slip-pickup-code-1 = 第一段
slip-pickup-code-2 = 第二段
slip-pickup-code-3 = 第三段

## Test

slip-test-kind = 測試單
slip-test-title = 列印測試
slip-test-question = 下面每一行字都清楚、左右沒有缺字，條碼刷得出來，就是正常。
slip-test-small = 小字：衛生福利部疾病管制署
slip-test-body = 內文：中央健康保險署
slip-test-heading = 標題：接種通知
slip-test-rare = 罕用字：堃喆峯煊碁銹裏墻恒粧嫺
slip-test-edges = ◀左邊{"                    "}右邊▶

## 各通路（C1–C3）

channel-store = 超商
channel-pharmacy = 藥局
channel-health-centre = 衛生所
channel-web = 預約網站
channel-app = 健保快易通 APP
list-comma = 、
list-or = 或
