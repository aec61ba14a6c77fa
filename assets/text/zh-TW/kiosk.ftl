# What the screen says. Each refusal is one sentence; its "-do" is the one thing to do.

app-title = 健保卡服務站

## Around every screen
sign-line-up = 連線正常
sign-line-down = 離線中
sign-printer-ready = 列印正常
sign-printer-trouble = 暫停列印
time-left = 剩餘 { $time }
time-warning = 再 { $seconds } 秒就會結束並清除畫面。要繼續，請按下方「延長」。
footer-more-time = 延長
footer-back = 上一步
footer-text-large = 大字
footer-text-normal = 一般字
footer-contrast-high = 高對比
footer-contrast-normal = 一般色
footer-lower = 下移
footer-raise = 上移
footer-help = 說明
footer-close = 關閉
footer-end = 結束
list-previous = 上一頁
list-next = 下一頁
continue = 下一步
yes = 是
no = 否，返回
and-comma = 、
step = 步驟 { $number }／{ $count }　{ $name }
step-area = 接種地區
step-brands = 疫苗種類
step-mobile = 手機號碼
step-summary = 確認資料
step-site = 選擇地點
step-slot = 選擇時段
key-clear = 清除
key-erase = 刪除

## Dates
date-day = { $month }{ $day }日（{ $weekday }）
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
weekday-1 = 一
weekday-2 = 二
weekday-3 = 三
weekday-4 = 四
weekday-5 = 五
weekday-6 = 六
weekday-7 = 日

## Idle
idle-title = 您好，請選擇服務
idle-lead = 請準備您的健保卡
idle-insert = 也可以直接插入健保卡
idle-vaccine = 疫苗登記與預約
idle-vaccine-detail = 插入健保卡，登記意願或預約接種
idle-masks = 領取預購口罩
idle-masks-detail = 插入健保卡，列印取貨小白單
idle-by-number = 用取貨編號領口罩
idle-by-number-detail = 沒帶健保卡、代領他人的口罩
idle-no-paper = 目前無法列印，仍可辦理。
idle-no-paper-do = 請用手機拍下畫面上的號碼，或請店員協助。
idle-no-line = 目前與中心離線，仍可辦理。
idle-no-line-do = 疫苗預約會先受理，連線恢復後再通知您結果。
closed-no-reader = 讀卡機暫停服務，請洽店員
closed-no-roster = 資料準備中，請稍後再試
closed-no-round = 目前沒有開放的梯次
closed-no-records = 本機暫停服務，請改用其他機台

## Help
help-title = 需要協助嗎？
help-warning = 政府不會用電話或簡訊要您轉帳、匯款。
help-vaccine = 疫苗問題
help-vaccine-number = 撥打 1922
help-card = 健保卡問題
help-card-number = 0800-030-598
help-card-number-detail = 市話 4128-678，手機 02-4128-678
help-fraud = 懷疑詐騙
help-fraud-number = 撥打 165
help-number = 健保卡號
help-number-where = 卡片正面左下角 12 碼
help-number-detail = 看不清楚：健保快易通 APP、註冊後的健保網站；都不便時洽當地政府或 1922

## The card
card-insert-title = 請插入健保卡
card-insert-lead = 晶片朝前、正面朝上，輕輕插到底
card-take-title = 請先取出卡片
card-by-number = 改用取貨編號
card-wrong-do = 請取出這張卡，改插您的健保卡。
card-wrong-citizen = 這是自然人憑證，不是健保卡。
card-wrong-professional = 這是醫事人員卡，不是健保卡。
card-wrong-bank = 這是銀行卡，不是健保卡。
card-wrong-stored-value = 這是電子票證，不是健保卡。
card-wrong-sim = 這是電話卡，不是健保卡。
card-wrong-other = 所置入非健保IC卡。
card-mute = 讀不到卡片。
card-mute-do = 請確認晶片朝前、正面朝上，再插一次。
card-unreadable = 卡片資料無法讀取。
card-unreadable-do = 請用乾布輕擦晶片，再插一次。
card-bad-number = 卡片內的證號資料有誤。
card-bad-number-do = 不是您的操作問題，請洽健保專線 0800-030-598。
card-pulled = 卡片太早取出了。
card-pulled-do = 請再插入，等畫面顯示您的資料。
card-again-do = 再試一次；仍不行請洽店員，或撥健保專線 0800-030-598。
reading-title = 正在讀取健保卡
identifying-title = 正在確認您的資料
reading-words = 請勿取出卡片

## Not served
refused-title = 這張卡無法辦理
refused-unknown = 查不到這張健保卡。
refused-unknown-do = 若是一小時內才製卡，請稍後再來；否則請撥 1922。
refused-offline = 目前離線，無法確認這張健保卡。
refused-offline-do = 請等連線恢復後再試，或到其他服務點辦理。
refused-old-card = 這是舊的健保卡。
refused-old-card-do = 您已換發新卡，請帶最新的健保卡來。
refused-insurance-only = 這張卡的證號與資料不符。
refused-insurance-only-do = 請撥 1922，由專人協助您。
refused-other-number = 這不是您健保卡上現用的證號。
refused-other-number-do = 請用最新健保卡上的居留證號辦理，有疑問請撥 0800-030-598。
take-card-and-end = 取出卡片，結束

## Who you are and what you may do
menu-title = 請選擇要辦的事
menu-lead = 辦理中請勿取出卡片
menu-declare = 登記接種意願
menu-declare-detail = 登記後，輪到您時會收到簡訊
menu-change = 修改接種意願
menu-change-detail = 您已登記，可修改電話、地區、疫苗
menu-cancel = 取消意願登記
menu-cancel-detail = 取消前會再問您一次
menu-book = 預約接種
menu-book-detail = 選地點與時間
menu-show-booking = 我的預約
menu-booking-confirmed = 預約成功，可查看與補印
menu-booking-pending = 已受理，尚未確認
menu-masks = 領取預購口罩
menu-masks-detail = 列印取貨小白單
menu-no-orders = 這家門市沒有您的預購口罩
menu-pending-refused = 您先前送出的預約沒有成功。
label-person = 持卡人
label-area = 接種地區
label-brands = 願意接種
label-brand = 疫苗
label-mobile = 手機號碼
label-site = 地點
label-when = 日期時段
label-registration-number = 登記序號
label-receipt = 受理編號
label-booking-number = 預約序號
label-slip-number = 取貨單號

## Rules that say no
rejected-slot-full = 這個時段剛剛額滿，請選其他時段。
rejected-already-booked = 您已經有預約了，請選「我的預約」查看。
rejected-no-willingness = 請先登記接種意願。
rejected-not-called = 尚未輪到您的類別或年齡，輪到時會發簡訊通知。
rejected-not-in-round = 您不是本期開放登記的對象。
rejected-window-closed = 目前不在開放時間內，請留意公告。
rejected-brand = 這個地點的疫苗不在您願意接種的種類內。
rejected-unknown-target = 這個選項已經異動，請重新選擇。
rejected-identity = 卡片資料無法確認，請撥 1922。
rejected-cancel-elsewhere = 這裡不能取消預約，請到健保指定的網站、App、衛生所或藥局辦理。
rejected-no-booking = 目前沒有可取消的預約。
rejected-booking-stands = 您還有預約，取消預約後才能取消登記。
rejected-order-unknown = 查不到這筆預購，請撥 1922。
rejected-order-void = 這筆預購未在期限內付款，已失效。
rejected-other-store = 請到訂購時選的門市領取。
rejected-outside-pickup = 不在領取期間內。
rejected-slip-exists = 這筆預購已經列印過取貨單。
rejected-not-this-channel = 這裡無法辦理這個項目。
rejected-bought-already = 距離上次購買的天數未滿，還不能購買。
rejected-odd-even = 今天輪到另一種末碼購買。
rejected-no-child-masks = 兒童口罩僅限兒童健保卡購買。
rejected-sale-lapsed = 未及時收到回覆，這次沒有售出，請再試一次。
rejected-store-moved = 這家門市已停業，請改選其他門市。
rejected-slip-unknown = 這張取貨單不是本門市的。
rejected-slip-redeemed = 這張取貨單已經領取過了。

## Choosing a place
area-county-title = 請選縣市
area-township-title = 請選鄉鎮市區
area-other = 選其他地區

## Willingness
willingness-area-title = 想在哪裡接種？
willingness-area-lead = 已先選好本門市所在的地區
willingness-brands-title = 願意接種哪些疫苗？
willingness-brands-lead = 全部已勾選，不要的請點一下取消
brand-chosen = 願意接種
brand-refused = 不要這一種
brand-mistake = 至少要留一種疫苗。
willingness-summary-title = 請確認意願登記資料
willingness-change-title = 是否修改意願登記？
willingness-no-order = 登記序號不是預約接種的順序。
willingness-yes = 是，確認送出
willingness-cancel-title = 是否取消意願登記？
willingness-cancel-yes = 是，取消登記

## Mobile number
mobile-title = 請輸入手機號碼
mobile-lead = 通知會傳到這支手機
mobile-label = 手機號碼（10 碼）
mobile-mistake = 手機號碼是 09 開頭的 10 個數字。

## Booking
booking-sites-title = 請選接種地點
booking-no-sites = 這個地區目前沒有開放的地點。
booking-no-sites-do = 請按「選其他地區」。
booking-slots-title = 請選日期與時段
booking-slots-asking = 正在查詢名額
booking-no-slots = 這個地點目前沒有可預約的時段，請按「上一步」選其他地點。
slot-full = 額滿
slot-few = 剩 { $places } 位
slot-free = 可預約
slot-detail = { $day }　{ $places }
site-detail = { $brand }　{ $address }
slot-unknown = 待確認
booking-offline = 目前離線：按「是」後先受理，還不算預約成功。
booking-offline-do = 連線恢復後以簡訊通知結果，也可撥 1922 查詢。
booking-no-paper = 目前無法列印，完成後請用手機拍下畫面。
booking-cancel-where = 完成後如要取消，請到{ $places }辦理。
booking-summary-title = 請確認預約資料
booking-yes = 是，確認預約

## Masks
orders-title = 您的預購口罩
orders-lead = 每筆一張小白單，請點要領的那一筆
orders-entry = 成人口罩 { $masks } 片
orders-until = 點這裡列印，領取到 { $day } 為止
orders-again = 已印過，點這裡補印，領取到 { $day } 為止
orders-too-early = 還不能領，{ $day } 起可以領
orders-too-late = 已過期限（{ $day }），無法領取也不退費
orders-other-store = 請到「{ $store }」領取
orders-not-paid = 未在期限內付款，已失效
orders-redeemed = 已經領取過了
orders-no-paper = 目前無法列印取貨單。
by-number-title = 請輸入取貨編號
by-number-lead = 編號在通知簡訊裡
by-number-label = 取貨編號（10 碼）
by-number-mistake = 取貨編號是 10 個數字。
by-number-person-title = 請輸入訂購人的證號
by-number-person-lead = 身分證號或居留證號
by-number-person-label = 證號（10 碼）
by-number-person-mistake = 證號不正確，請檢查有沒有按錯。
by-number-no-match = 編號與證號不符，請再檢查一次。
by-number-looking = 查詢中

## Doing and done
recording-title = 正在存檔
answering-title = 正在向中心確認
recording-words = 請稍候
done-willingness = 登記完成
done-willingness-next = 輪到您時會收到簡訊。登記序號不是預約順序。
done-cancelled = 已取消登記
done-cancelled-next = 之後仍可再登記。
done-booked = 預約成功
done-booked-next = 接種當天請帶健保卡與身分證件。
done-shown = 您已有預約
done-shown-next = 如要取消，請到{ $places }。
done-pending = 已受理，尚未確認
done-pending-next = 這還不是名額。結果會傳簡訊；也可撥 1922，或到任何一台再插卡查看。
done-pickup = 取貨單已備妥
done-pickup-next = 請拿小白單到櫃台，並出示身分證件或健保卡。
done-take-card = 請先取出健保卡
done-take-slip = 請記得帶走單據
done-print = 列印
done-print-again = 補印
done-more = 辦其他事
done-end = 完成
paper-under-way = 列印中，請稍候。
paper-again-under-way = 補印中（第 { $count } 次），請稍候。
paper-out = 單據已印好，請取走。
paper-sent = 單據已送出列印，請看出紙口。
paper-again-out = 已補印（第 { $count } 次），請取走。
paper-end = 紙用完了，您的辦理仍然有效。
paper-cover = 印表機的蓋子開著，您的辦理仍然有效。
paper-fault = 印表機故障，您的辦理仍然有效。
paper-no-printer = 目前沒有印表機，您的辦理仍然有效。
paper-held-do = 請店員處理，處理好會自動印完。
paper-stopped-again-do = 請店員協助，處理好會自動印出；也可先用手機拍下號碼。
paper-stopped-do = 請用手機拍下上面的號碼；需要紙本請按「補印」。

## Notices
notice-title = 請注意
notice-continue = 回到選單
notice-card-pulled = 卡片已取出，沒有辦理任何事。
notice-card-pulled-do = 要繼續請再插一次卡。
notice-record-failed = 資料無法存檔，沒有辦理成功。
notice-record-failed-do = 請改用其他機台，並告知店員。
notice-unknown = 無法確認是否已存檔。
notice-unknown-do = 請再插一次健保卡查看結果。
notice-refused = 中心沒有接受這筆預約。
notice-tries = 輸入錯誤太多次。
notice-tries-do = 請插健保卡辦理，或撥 1922。
take-card-title = 請取出卡片
take-card-words = 別忘了您的健保卡
take-card-again = 請取出您的健保卡
take-card-staff = 有卡片留在機台，請店員協助
