# What the slips say.

## Dates and times. The year is the Republic's, as on every notice from the government.

slip-date = { $roc-year }年{ $month }月{ $day }日（{ $weekday }）
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
slip-help-nhi-local = 　　　　或 4128-678
slip-help-nhi-mobile = 　　　　手機撥 02-4128-678
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
slip-pickup-hours-title = 這張單子有效到
slip-pickup-hours = 過了時間請再印一張，單號不變。
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

## Mask order (M1, M6–M9)

slip-order-kind = 口罩預購單
slip-order-title = 口罩預購完成
slip-order-pending-title = 已受理，尚未確認
slip-order-pending = 這還不是預購成功。結果會用簡訊通知；也可以到任何一台機台插健保卡查詢，或撥 1922。
slip-order-number = 預購序號
slip-order-replaces = 這張單子取代您先前的預購，只算這一張。
slip-order-pay-title = 請在這段時間內付款
slip-order-from = { $moment } 起
slip-order-until = { $moment } 止
slip-order-pay = 可以用轉帳、ATM 或信用卡付款。到時沒有付款，預購就失效。
slip-order-pickup = 領取期間
slip-order-pickup-value = { $from } 到 { $until }
slip-order-store = 領取門市
slip-order-price = 金額
slip-order-price-value = { $price } 元（含運費）
slip-order-lottery = 預購的人太多時會抽籤。有沒有抽中，都會通知您。
slip-order-final = 付款後不能取消、退款，也不能換門市。

## Look-up (V11, M10, M16)

slip-lookup-kind = 查詢單
slip-lookup-title = 查詢結果
slip-lookup-moment = 查詢時間
slip-lookup-booking = 疫苗預約
slip-lookup-number = 序號
slip-lookup-state = 狀態
slip-lookup-confirmed = 預約成功
slip-lookup-pending = 尚未確認，還沒有名額
slip-lookup-cancelled = 已取消
slip-lookup-no-booking = 查不到預約。
slip-lookup-order = 口罩預購
slip-lookup-account = 繳款帳號
slip-lookup-pay-until = 繳款期限
slip-lookup-no-order = 查不到預購。
slip-lookup-purchase = 口罩購買紀錄
slip-lookup-last = 上次購買
slip-lookup-next = 下次可買
slip-lookup-no-purchase = 沒有購買紀錄。

## Device code (R2)

slip-device-kind = 健保卡網路服務
slip-device-title = 裝置綁定碼
slip-device-number = 綁定碼
slip-device-until = 請在這個時間以前使用
slip-device-how = 打開手機裡的健保快易通 APP，輸入上面的號碼，或掃下面的 QR Code。
slip-device-once = 只能用一次。不要給別人看，也不要在電話裡告訴任何人。

## Counter sale (M2, M3)

slip-sale-kind = 口罩實名制收據
slip-sale-title = 口罩購買收據
slip-sale-number = 收據號碼
slip-sale-goods = 數量
slip-sale-adult = 成人口罩 { $count } 片
slip-sale-child = 兒童口罩 { $count } 片
slip-sale-price = 金額
slip-sale-price-value = { $price } 元
slip-sale-time = 購買時間
slip-sale-next = 下次可以購買（含當天）
slip-sale-staff = 經手
slip-sale-exchange = 口罩若有破損，請當場整份更換。

## Day totals

slip-totals-kind = 櫃檯日結單
slip-totals-title = 今日合計
slip-totals-day = 日期
slip-totals-amount = 收款總額
slip-totals-amount-value = { $price } 元
slip-totals-sales = 販售筆數
slip-totals-adult = 成人口罩
slip-totals-child = 兒童口罩
slip-totals-bookings = 預約
slip-totals-cancelled = 取消預約
slip-totals-slips = 列印單據
slip-totals-reprints = 補印
slip-totals-count = { $count } 筆
slip-totals-pieces = { $count } 片
slip-totals-sheets = { $count } 張
slip-totals-staff-title = 各經手人
slip-totals-staff-value = { $count } 筆　{ $price } 元
slip-totals-sign = 點收簽名

## Readiness report

slip-readiness-kind = 機台檢查報告
slip-readiness-fit = 可以服務
slip-readiness-unfit = 不能服務
slip-readiness-moment = 檢查時間
slip-readiness-pass = 正常
slip-readiness-fail = 異常
slip-readiness-unknown = 未檢查
slip-check-reader = 讀卡機
slip-check-printer = 印表機
slip-check-touch = 觸控
slip-check-display = 螢幕
slip-check-sound = 聲音
slip-check-network = 網路
slip-check-store = 資料庫
slip-check-roster = 名冊
slip-check-outbox = 待送資料
slip-check-clock = 時鐘
slip-check-certificates = 憑證
slip-check-versions = 版本

## Test

slip-test-kind = 測試單
slip-test-title = 列印測試
slip-test-question = 下面每一行字都清楚、左右沒有缺字，條碼刷得出來，就是正常。
slip-test-small = 小字：衛生福利部疾病管制署
slip-test-body = 內文：中央健康保險署
slip-test-heading = 標題：接種通知
slip-test-rare = 罕用字：堃喆峯煊碁銹裏墻恒粧嫺

## 各通路（C1–C3）

channel-store = 超商
channel-pharmacy = 藥局
channel-health-centre = 衛生所
channel-web = 預約網站
channel-app = 健保快易通 APP
list-comma = 、
list-or = 或
