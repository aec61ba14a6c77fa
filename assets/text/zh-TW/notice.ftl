# What text messages and e-mails say. Each kind has a subject for e-mails and a body.

notice-help = 疫苗專線 1922；健保專線 0800-030-598。我們不會以電話或簡訊要求您轉帳匯款，接到可疑電話請撥 165。

notice-registration-link-subject = 請確認健保卡網路服務註冊
notice-registration-link = 請在 24 小時內開啟以下連結完成註冊：{ $link }　不是您本人申請時請勿理會。
notice-password-link-subject = 設定健保卡網路服務密碼
notice-password-link = 請在 24 小時內開啟以下連結設定密碼：{ $link }　不是您本人申請時請勿理會。
notice-account-changed-subject = 您的健保卡網路服務資料已變更
notice-account-changed = 您的健保卡網路服務註冊資料或密碼已變更。不是您本人操作時請立即撥健保專線。
notice-device-bound-subject = App 已綁定
notice-device-bound = 一台裝置已綁定您的健保快易通 App。不是您本人操作時請立即撥健保專線。
notice-booked-subject = 疫苗預約成功
notice-booked = 疫苗預約成功。預約序號 { $number }，{ $date } { $start }，{ $site }。請帶健保卡與身分證件準時報到。
notice-booking-cancelled-subject = 疫苗預約已取消
notice-booking-cancelled = 您的疫苗預約（序號 { $number }）已取消，名額已釋出。
notice-mask-order-won-subject = 口罩預購成功
notice-mask-order-won = 您在「{ $round }」已購得口罩，應繳 { $price } 元，請於 { $until } 前繳費，逾期訂單作廢。繳款帳號請到網站查詢。
notice-mask-order-lost-subject = 口罩預購抽籤結果
notice-mask-order-lost = 「{ $round }」預購超過供應量，您的訂單未中籤。您仍可到藥局或衛生所購買。
notice-mask-pickup-subject = 口罩取貨通知
notice-mask-pickup = 取貨序號 { $number }，請於 { $first } 至 { $last } 到 { $store } 的機台列印小白單領取。
notice-mask-store-moved-subject = 口罩取貨門市變更
notice-mask-store-moved = 原取貨門市已停止服務，您的口罩改到 { $store } 領取。
