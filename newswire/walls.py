"""The words of walls: what bot checks, consent pages and paywalls say, language by language.

Promises that a phrase is found whatever its case, accents, apostrophes and numbers ("We and our 1,498 partners"). No
phrase is a proof: an article may say each of them. `newswire.verdict` weighs them by where they stand and by what else
there is. In the languages that the feeds of the world are mostly written in; the makers' own wording (TCF's purposes,
Cloudflare's, HUMAN's and Imperva's pages, the offers of the larger publishers), by stems where it is inflected.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newswire.text import fold

# Said to one who is taken for a machine, and hardly to a reader.
_BOT = """
verify you are human / verifying you are human / verify that you are human / verify you are a human
/ verify that you're human / verify you're human / confirm you are human / confirm that you are human
/ prove you are human / prove you're human / prove that you're human / prove you're not a robot
/ prove you are not a robot / confirm you are not a robot / are you a robot / are you a human / are you human
/ i am not a robot / i'm not a robot / you're not a robot / you are not a robot / you're not a bot
/ you are not a bot / think you are a bot / thinks you are a bot / think you were a bot / you are a bot
/ pardon our interruption / checking your browser / checking if the site connection is secure
/ access to this page has been denied / robot check / ddos protection by / enable javascript and cookies to continue
/ enable js and disable any ad blocker / unusual traffic from your / unusual activity from your
/ automated requests from your / automation tools to browse / complete the security check
/ request unsuccessful. incapsula / incapsula incident / press & hold / press and hold to confirm
/ you have been blocked / why have i been blocked / performing security verification
/ needs to review the security of your connection / using a security service to protect itself / human verification
/ your browser is being checked / validating your browser / verifying your browser / your request is being verified
/ your access to this site has been limited / your ip address has been blocked / your request has been blocked
/ solve the captcha / complete the captcha / enter the characters you see / bot detection / protected by anubis
/ javascript is disabled in your browser / your browser sent a request that this server could not understand
/ verifiez que vous etes humain / verifier que vous etes un humain / verifier que vous etes humain
/ vous etes humain / vous n'etes pas un robot / etes-vous un robot / je ne suis pas un robot
/ acces a cette page a ete refuse / vous avez ete bloque / activez javascript et les cookies
/ verification de votre navigateur / trafic inhabituel / comportement inhabituel de votre navigateur
/ comprueba que eres humano / compruebe que es humano / verifica que eres humano / verifique que es humano
/ verifique que usted es humano / que eres humano / que es usted humano / que no eres un robot / no soy un robot
/ eres un robot / es usted un robot / comprobando su navegador / verificando su navegador / comprobando tu navegador
/ ha sido bloqueado / habilita javascript y las cookies / habilite javascript y las cookies / trafico inusual
/ acceso a esta pagina ha sido denegado / ein mensch sind / kein roboter sind / du kein roboter bist
/ ein mensch bist / ich bin kein roboter / sind sie ein roboter / bist du ein roboter / ihr browser wird uberpruft
/ uberprufung ihres browsers / ihr browser wird gepruft / sie wurden blockiert / sicherheitsuberprufung
/ aktivieren sie javascript und cookies / ungewohnlichen datenverkehr / ungewohnliche aktivitat
/ zugriff auf diese seite wurde verweigert / verifica di essere umano / verifica che sei umano
/ confermi di essere umano / conferma di essere un essere umano / sei un essere umano / di non essere un robot
/ non sono un robot / sei un robot / controllo del browser / verifica del browser / sei stato bloccato
/ abilita javascript e i cookie / traffico insolito / confirme que e humano / verifique se voce e humano
/ confirmar que voce e humano / verificar se e humano / que voce e humano / nao sou um robo / nao e um robo
/ voce e um robo / verificando seu navegador / a verificar o seu browser / voce foi bloqueado / foi bloqueado
/ ative o javascript e os cookies / trafego incomum / bevestig dat je een mens bent / controleer of u een mens bent
/ verifieer dat u een mens bent / dat u een mens bent / dat je een mens bent / geen robot bent / ik ben geen robot
/ ben je een robot / bent u een robot / uw browser wordt gecontroleerd / je browser wordt gecontroleerd
/ u bent geblokkeerd / je bent geblokkeerd / schakel javascript en cookies in / ongewoon verkeer
/ potwierdz, ze jestes czlowiekiem / zweryfikuj, czy jestes czlowiekiem / ze jestes czlowiekiem
/ czy jestes czlowiekiem / nie jestes robotem / nie jestem robotem / sprawdzanie przegladarki
/ sprawdzamy twoja przegladarke / zostales zablokowany / wlacz javascript i pliki cookie / nietypowy ruch
/ подтвердите, что вы не робот / что вы не робот / вы не робот / я не робот / подтвердите, что вы человек
/ что вы человек / проверка браузера / проверяем ваш браузер / проверка вашего браузера
/ запросы похожи на автоматические / включите javascript и cookie / вы были заблокированы / доступ к сайту ограничен
/ подозрительную активность / проверка безопасности / що ви не робот / що ви людина / перевірка браузера
/ перевіряємо ваш браузер / вас заблоковано / увімкніть javascript / あなたが人間であること / 人間であることを確認
/ ロボットではありません / ロボットではないこと / ブラウザーを確認 / ブラウザを確認しています
/ アクセスが拒否されました / 通常と異なるトラフィック / セキュリティチェックを完了 / 请完成安全验证 / 请完成验证
/ 完成以下操作,验证您是真人 / 验证您是真人 / 确认您是真人 / 确认您不是机器人 / 我不是机器人 / 正在检查您的浏览器
/ 浏览器安全检查 / 滑动验证 / 访问过于频繁 / 您的访问出错了 / 异常访问 / 異常流量 / 驗證您是人類 / 確認您是真人
/ 請完成驗證 / 启用javascript和cookie / 人机验证 / insan oldugunuzu dogrula / insan oldugunuzu / robot olmadiginizi
/ ben robot degilim / tarayiciniz kontrol ediliyor / tarayiciniz denetleniyor / engellendiniz / guvenlik dogrulamasi
/ guvenlik kontrolu / تحقق من انك انسان / انك انسان / انك لست روبوت / لست برنامج روبوت / انا لست برنامج
/ جار التحقق من المتصفح / التحقق من متصفحك / تم حظرك / تم رفض الوصول / οτι ειστε ανθρωπος / δεν ειμαι ρομποτ
/ δεν ειστε ρομποτ / ελεγχος του προγραμματος περιηγησης / εχετε αποκλειστει / att du ar en manniska / inte en robot
/ inte ar en robot / din webblasare kontrolleras / kontrollerar din webblasare / du har blockerats
/ aktivera javascript och cookies / at du er et menneske / ikke er en robot / ikke en robot
/ kontrollerer din browser / du er blevet blokeret / aktiver javascript og cookies / sjekker nettleseren
/ du er blitt blokkert / du har blitt blokkert / etta olet ihminen / et ole robotti / en ole robotti
/ tarkistamme selaimesi / selaintasi tarkistetaan / sinut on estetty / ze jste clovek / nejste robot / nejsem robot
/ kontrola prohlizece / kontrolujeme vas prohlizec / byl jste zablokovan / 로봇이 아닙니다 / 사람인지 확인
/ 브라우저를 확인하는 중 / 보안 확인을 완료 / you don't have permission to access / the requested url was rejected
/ please consult with your administrator
"""
# Said to a machine too, but also by people: only with the machinery beside it.
_BOT_WEAK = """
just a moment / one moment, please / one more step / access denied / attention required / security check
/ please wait / forbidden / are being redirected / suspicious activity / unusual activity / verification required
/ request rejected / request blocked / oh noes / not acceptable / un instant / un moment / un momento / einen moment
/ nur einen moment / acces refuse / acces interdit / acceso denegado / zugriff verweigert / accesso negato
/ acesso negado / toegang geweigerd / een ogenblik / odmowa dostepu / chwileczke / доступ запрещен
/ доступ ограничен / один момент / минуточку / ой! / зачекайте / доступ заборонено / しばらくお待ちください / 请稍候
/ 請稍候 / 访问被拒绝 / 拒绝访问 / 安全验证 / 安全检查 / bir dakika / lutfen bekleyin / erisim engellendi / لحظة
/ يرجى الانتظار / رفض الوصول / ενα λεπτο / μια στιγμη / δεν επιτρεπεται η προσβαση / ett ogonblick / vanta
/ et ojeblik / adgang naegtet / adgang nektet / hetki / paasy evatty / okamzik / pristup odepren / 잠시만
"""
# What such pages talk of. Kinds, as patterns over folded text: two kinds and more are talk of machines.
MACHINERY = tuple(
    re.compile(pattern)
    for pattern in (
        r"captcha|капч|كابتشا|验证码|驗證碼",
        r"\brobots?\b|robo[tl]|\bbots?\b|робот|机器人|機器人|ロボット|روبوت|ρομποτ|로봇",
        r"java ?script|\bjs\b",
        r"cookie|куки|クッキー|ملفات تعريف",
        r"browser|navigat(?:eur|eor|or)|navegador|przegladark|браузер|浏览器|瀏覽器|ブラウザ|tarayici|المتصفح|متصفح|webblasare|nettleser|selain|prohlizec|περιηγησ|브라우저",
        r"\bip\b|ip-|adresse ip|direccion ip|\bvpn\b|proxy|прокси",
        r"ray id|incident|reference #|reference id|support id|request id|event id|error 1\d|block id|edgesuite",
        r"automat|автомат|自动|自動",
        r"\bddos|cloudflare|akamai|imperva|incapsula|datadome|perimeterx|sucuri|anubis|qrator|firewall|\bwaf\b",
    )
)

# What a consent page says in its own voice, and what stands on its buttons.
_CONSENT = """
we value your privacy / we care about your privacy / your privacy matters / your privacy is important to us
/ we respect your privacy / we and our partners / we and our trusted partners / us and our partners
/ our partners and we / we, and our partners / before you continue to / accept all / reject all / manage options
/ manage preferences / manage settings / manage cookies / privacy settings / cookie settings / your privacy choices
/ information on a device / agree and continue / accept and continue / accept & continue / agree & continue
/ i accept / we use cookies / we use necessary cookies / we would like to use cookies / this site uses cookies
/ this website uses cookies / accept cookies / continue with ads / with ads and cookies / withdraw your consent
/ withdraw consent / your consent / part of the yahoo family / consent to the use / consent to these / do you agree
/ your choices / nous et nos partenaires / avec nos partenaires / nos partenaires et nous / vos donnees, vos choix
/ votre vie privee / accepter et fermer / accepter et continuer / tout accepter / tout refuser / refuser tout
/ continuer sans accepter / parametrer les cookies / parametrer vos choix / gerer vos preferences / gerer mes choix
/ gerer les parametres / avant d'acceder a / avant de continuer / nous utilisons des cookies / utilise des cookies
/ retirer votre consentement / votre consentement / informations sur un appareil / informations sur un terminal
/ s'abonner pour refuser / refuser et s'abonner / accepter les cookies / accepter et acceder
/ fait partie de la famille / wir und unsere partner / unsere partner und wir / wir, sowie unsere partner
/ wir schatzen ihre privatsphare / ihre privatsphare / deine privatsphare / ihre daten / bevor sie fortfahren
/ bevor sie zu / bevor du weitermachst / alle akzeptieren / alles akzeptieren / alle ablehnen / alles ablehnen
/ akzeptieren und weiter / akzeptieren und schliessen / zustimmen und weiter / zustimmen & weiter
/ cookie-einstellungen / datenschutzeinstellungen / einwilligung / einwilligen / mit werbung weiterlesen
/ mit werbung lesen / mit werbung weiter / weiter mit werbung / mit werbung nutzen / mit werbung und
/ werbefrei lesen / ohne werbung / pur-abo / informationen auf einem gerat / wir verwenden cookies
/ wir nutzen cookies / wir setzen cookies / ist teil der yahoo / optionen verwalten / nosotros y nuestros
/ con nuestros socios / nuestros socios y nosotros / valoramos tu privacidad / valoramos su privacidad
/ nos importa tu privacidad / tu privacidad / su privacidad / aceptar todo / aceptar todas / aceptar y continuar
/ aceptar y cerrar / rechazar todo / rechazar todas / aceptar cookies / aceptar las cookies / rechazar y suscribirse
/ rechazar y pagar / configurar cookies / configurar opciones / gestionar opciones / configuracion de cookies
/ configurar preferencias / antes de continuar / antes de ir a / utilizamos cookies / usamos cookies
/ tu consentimiento / su consentimiento / informacion en un dispositivo / forma parte de la familia / noi e i nostri
/ i nostri partner / teniamo alla tua privacy / rispettiamo la tua privacy / la tua privacy / la vostra privacy
/ accetta tutto / accetta tutti / rifiuta tutto / rifiuta tutti / accetta e continua / accetta e chiudi
/ accetta i cookie / rifiuta e abbonati / continua senza accettare / gestisci opzioni / gestisci le preferenze
/ personalizza / scopri di piu e personalizza / prima di continuare / utilizziamo i cookie / usiamo i cookie
/ utilizziamo cookie / tuo consenso / il consenso / informazioni su un dispositivo / fa parte della famiglia
/ nos e os nossos / nos e nossos / com os nossos parceiros / nossos parceiros / valorizamos a sua privacidade
/ valorizamos sua privacidade / sua privacidade / aceitar tudo / aceitar todos / rejeitar tudo / rejeitar todos
/ aceitar e continuar / aceitar e fechar / concordo / gerir opcoes / gerenciar opcoes / gerir preferencias
/ gerenciar preferencias / antes de avancar / seu consentimento / informacoes num dispositivo
/ informacoes em um dispositivo / definicoes de cookies / wij en onze / onze partners / we hechten waarde aan
/ jouw privacy / uw privacy / je privacy / alles accepteren / alle cookies accepteren / alles weigeren
/ alles afwijzen / akkoord / accepteren en doorgaan / instellingen beheren / cookie-instellingen
/ voorkeuren beheren / voordat je verdergaat / voordat u verdergaat / wij gebruiken cookies / we gebruiken cookies
/ gebruikt cookies / jouw toestemming / uw toestemming / je toestemming / informatie op een apparaat
/ doorgaan zonder te accepteren / cenimy prywatnosc / cenimy twoja prywatnosc / dbamy o twoja prywatnosc
/ szanujemy twoja prywatnosc / my i nasi / nasi partnerzy / nasi zaufani partnerzy / zaakceptuj wszystk
/ akceptuje wszystk / akceptuje i przechodze / przejdz do serwisu / przechodze do serwisu / odrzuc wszystk
/ ustawienia zaawansowane / zarzadzaj ustawieniami / ustawienia prywatnosci / zanim przejdziesz
/ uzywamy plikow cookie / wykorzystujemy pliki cookie / twoja zgoda / twojej zgody / wyrazam zgode / wyrazenie zgody
/ na urzadzeniu / мы и наши партн / мы ценим вашу / ваша конфиденциальность / вашу конфиденциальность / принять все
/ принять и продолжить / отклонить все / принимаю / настроить cookie / настройки файлов cookie / настройки cookie
/ прежде чем продолжить / прежде чем перейти / мы используем файлы cookie / мы используем cookie
/ использует файлы cookie / использует cookie / вы соглашаетесь / ваше согласие / даете согласие
/ информации на устройстве / ми та наші партн / ми і наші партн / ми цінуємо вашу / вашу конфіденційність
/ прийняти всі / прийняти все / відхилити всі / відхилити все / погоджуюся / налаштування файлів cookie
/ перш ніж перейти / перш ніж продовжити / ми використовуємо файли cookie / використовує файли cookie
/ ви погоджуєтеся / ваша згода / вашу згоду / 当社と当社のパートナー / 私たちと私たちのパートナー
/ プライバシーを尊重 / お客様のプライバシー / すべて受け入れる / すべて同意 / すべて許可 / すべて拒否 / 同意する
/ 同意して続ける / cookieを使用 / クッキーを使用 / cookieの設定 / 続行する前に / 次に進む前に / yahooは
/ 我们和我们的合作伙伴 / 我们及合作伙伴 / 我们重视您的隐私 / 您的隐私 / 全部接受 / 接受所有 / 接受全部 / 全部拒绝
/ 拒绝所有 / 同意并继续 / 管理选项 / 我们使用cookie / 使用cookie / 继续前往 / 在继续之前 / 我們重視您的隱私
/ 您的隱私 / 同意並繼續 / 在您繼續 / 我們使用cookie / 您的同意 / biz ve ortaklarimiz / biz ve is ortaklarimiz
/ gizliliginize deger / gizliliginize onem / gizliliginiz / tumunu kabul et / hepsini kabul et / tumunu reddet
/ kabul et ve devam / cerezleri kabul / cerez ayarlari / tercihleri yonet / devam etmeden once / cerez kullaniyoruz
/ cerezler kullan / cerezleri kullan / acik rizaniz / onay veriyor / نحن وشركاؤنا / نحن و شركاؤنا / نحن نقدر خصوصيتك
/ خصوصيتك / قبول الكل / قبول جميع / اقبل الكل / رفض الكل / رفض الجميع / الموافقة والمتابعة / قبول ومتابعة
/ اعدادات ملفات تعريف / قبل المتابعة / نستخدم ملفات تعريف / ملفات تعريف الارتباط / موافقتك / εμεις και οι συνεργατες
/ οι συνεργατες μας / σεβομαστε την ιδιωτικοτητα / το απορρητο σας / το απορρητο σου / ιδιωτικοτητα σας
/ αποδοχη ολων / αποδεχομαι / συμφωνω / απορριψη ολων / ρυθμισεις cookie / διαχειριση επιλογων
/ περισσοτερες επιλογες / πριν συνεχισετε / χρησιμοποιουμε cookies / χρησιμοποιει cookies / τη συγκαταθεση
/ συγκαταθεση σας / vi och vara partner / vara partner / vi vardesatter din / vi bryr oss om din / din integritet
/ acceptera alla / acceptera alla cookies / godkann alla / godkann och fortsatt / neka alla / avvisa alla
/ hantera alternativ / hantera installningar / cookieinstallningar / innan du fortsatter / vi anvander cookies
/ vi anvander kakor / ditt samtycke / samtycke / information pa en enhet / vi og vores / vores partnere
/ vi vaerdsaetter dit / dit privatliv / accepter alle / tillad alle / godkend alle / afvis alle / kun nodvendige
/ accepter og fortsaet / administrer / cookieindstillinger / for du fortsaetter / vi bruger cookies / dit samtykke
/ samtykke / oplysninger pa en enhed / vi og vare / vare partnere / vi verdsetter / ditt personvern
/ personvernet ditt / godta alle / godkjenn alle / aksepter alle / avvis alle / tillat alle / godta og fortsett
/ personverninnstillinger / for du fortsetter / vi bruker informasjonskapsler / vi bruker cookies / ditt samtykke
/ me ja kumppanimme / kumppanimme / arvostamme yksityisyyttasi / yksityisyytesi / yksityisyyttasi / hyvaksy kaikki
/ salli kaikki / hylkaa kaikki / hyvaksy ja jatka / evasteasetukset / hallinnoi asetuksia / ennen kuin jatkat
/ kaytamme evasteita / kayttaa evasteita / suostumuksesi / tietojen tallentaminen / my a nasi partneri
/ nasi partneri / vazime si vaseho / vase soukromi / vaseho soukromi / prijmout vse / prijmout vsechny / souhlasim
/ odmitnout vse / odmitnout vsechny / nastaveni cookies / upravit nastaveni / nez budete pokracovat
/ pouzivame cookies / pouzivame soubory cookie / vas souhlas / vaseho souhlasu / udeleni souhlasu / 개인정보를 소중
/ 모두 수락 / 모두 동의 / 쿠키를 사용
"""
# What it talks of, by stems. A sentence with one of these is about consent.
_CONSENT_TERMS = """
cookie / consent / privacy / personal data / partner / advertis / targeted ads / personalised / personalized
/ device / vendor / tracking / preferences / legitimate interest / third part / your data / ip address / identifier
/ accept / reject / agree / tcf / iab / measurement / subscri / purposes / traceur / temoins / vie privee
/ donnees personnelles / donnees a caractere / partenaire / publicit / appareil / terminal / preferenc / finalite
/ mesure / refus / s'abonner / identifiant / datenschutz / privatsphare / personenbezogen / werb / gerat / zwecke
/ daten / einstellung / zustimm / einwillig / akzeptier / ablehn / messung / abo / kennung / privacidad / datos
/ socios / dispositiv / publicidad / anuncios / finalidad / preferencia / aceptar / rechazar / consentimiento
/ consiento / medicion / suscri / dati personali / dati / pubblicit / finalita / preferenze / accett / rifiut
/ consenso / misurazione / abbona / privacidade / dados / parceiro / publicidade / anuncio / preferencias / aceit
/ rejeit / consentimento / medicao / assina / gegevens / toestemming / advertent / apparaat / doeleinden / voorkeur
/ accepte / weiger / meten / abonne / prywatnos / dane / danych / zaufan / reklam / urzadzen / zgod / cele / celach
/ akcept / odrzu / ustawien / plik / конфиденц / данны / рекл / устройств / соглас / принима / принят / отклон
/ настрой / файл / партн / конфіденц / даних / дані / пристро / згод / прийня / відхил / налаштув / プライバシー
/ 個人データ / 個人情報 / 広告 / パートナー / デバイス / 同意 / 許可 / 拒否 / 目的 / クッキー / 隐私 / 隱私
/ 个人数据 / 個人資料 / 广告 / 廣告 / 合作伙伴 / 合作夥伴 / 设备 / 裝置 / 接受 / 拒绝 / 拒絕 / 数据 / 資料 / cerez
/ gizlilik / gizliligi / kisisel veri / veriler / cihaz / ortak / onay / kabul / reddet / riza / ملفات تعريف / خصوصي
/ بيانات / شركاء / اعلان / جهاز / موافق / قبول / رفض / تفضيل / απορρητ / ιδιωτικ / δεδομεν / συνεργατ / διαφημ
/ συσκευ / συγκαταθ / αποδοχ / αποδεχ / απορριψ / επιλογ / integritet / personuppgift / annons / enhet / andamal
/ installning / godkann / samtyck / kakor / uppgifter / privatliv / oplysning / annonc / enhed / formal
/ indstilling / accepter / samtyk / data / personvern / opplysning / innstilling / godta / informasjonskaps
/ yksityisyy / evaste / kumppan / mainon / mainos / laitte / tietoja / asetuks / hyvaksy / suostum / soukrom / udaj
/ zarizen / ucel / nastaven / souhlas / prijm / odmit / 개인정보 / 쿠키 / 광고 / 동의
"""

# Says that this text goes on, for those who pay or register.
_PAYWALL = """
this article is for subscribers / this article is only for / this article is available to subscribers
/ this article is exclusive to / this article is reserved for / this story is for subscribers
/ this content is only available / this content is available to / content is exclusive to / available exclusively to
/ available only to / available to subscribers / exclusively for subscribers / exclusive to subscribers
/ only available to subscribers / only for subscribers / for subscribers only / subscriber-only
/ subscriber only content / this is a premium article / this is a subscriber / member-only story
/ for paid subscribers / for paying subscribers / this post is for paid / subscribe to continue / subscribe to read
/ subscribe to keep reading / subscribe to unlock / subscribe now to read / subscribe now to continue
/ subscribe for full access / subscribe for unlimited access / subscribe today to read / subscribe and read
/ become a subscriber to / become a member to / continue reading with / continue reading your article
/ continue reading for / continue reading this article / continue reading by / to continue reading / to keep reading
/ to read the rest / to read this article / to read on / to finish reading / to access this article
/ to access this content / to unlock this / to view the full / unlock this article / unlock this story
/ unlock the full / unlock unlimited / unlock full / get full access / get unlimited access to / want to read more
/ want to keep reading / keep reading with / keep reading for / keep reading by / read the full article with
/ read the full story with / the rest of this article / the remainder of this article / you have reached your
/ you've reached your / you have read all your / you've read all your / free articles left / free articles remaining
/ your last free article / articles left this month / register to continue / register to read / register for free to
/ create a free account to / create an account to / sign in to continue / sign in to read / log in to continue
/ log in to read / log in or subscribe to / sign up to read / sign up to continue / purchase a subscription
/ article reserve aux abonnes / article est reserve / reserve aux abonnes / reserve a nos abonnes
/ reservee aux abonnes / reserves aux abonnes / contenu reserve / article abonne / exclusivement aux abonnes
/ il vous reste % / il vous reste a lire / reste a decouvrir / pour lire la suite / pour lire l'integralite
/ pour lire cet article / lire l'article en entier / pour continuer la lecture / poursuivre votre lecture
/ poursuivez votre lecture / continuez votre lecture / continuer a lire cet / la suite est reservee
/ la suite de cet article / cet article est payant / debloquer cet article / debloquez cet article
/ abonnez-vous pour lire / abonnez-vous pour acceder / abonnez-vous pour continuer / abonnez-vous et lisez
/ connectez-vous pour lire / inscrivez-vous pour lire / exclusivo para suscriptores
/ exclusivo para nuestros suscriptores / exclusiva para suscriptores / solo para suscriptores / solo suscriptores
/ contenido exclusivo / para seguir leyendo / para continuar leyendo / para leer el articulo completo
/ para leer la nota completa / para leer este articulo / continua leyendo / sigue leyendo por / sigue leyendo con
/ suscribete para / suscribase para / hazte premium / hazte suscriptor / hazte socio para / registrate para
/ registrese para / inicia sesion para / has alcanzado el limite / has llegado al limite / ha alcanzado el limite
/ accede a todo el contenido / diesen artikel weiterlesen / jetzt weiterlesen / jetzt weiter lesen / weiterlesen mit
/ sie mochten weiterlesen / weiterlesen? / weiterlesen konnen / um weiterzulesen / um den artikel zu lesen
/ um diesen artikel / um den ganzen / den ganzen artikel / den vollstandigen artikel / exklusiv fur abonnent
/ nur fur abonnent / dieser artikel ist kosten / artikel ist abonnent / kostenpflichtiger inhalt
/ kostenpflichtiger artikel / bezahlinhalt / inhalte mit abo / mit abo weiterlesen / mit einem abo
/ jetzt freischalten / artikel freischalten / artikel lesen mit / lesen sie weiter mit
/ weiterlesen nach der registrierung / registrieren sie sich, um / anmelden und weiterlesen
/ einloggen und weiterlesen / riservato agli abbonati / riservata agli abbonati / riservato ai nostri abbonati
/ riservati agli abbonati / contenuto riservato / solo per abbonati / per continuare a leggere
/ continua a leggere con / per continuare la lettura / continua la lettura / per leggere l'articolo
/ per leggere tutto / abbonati per / attiva l'abbonamento / hai raggiunto il limite / registrati per
/ accedi per leggere / exclusivo para assinantes / exclusiva para assinantes / exclusivo para assinante
/ so para assinantes / apenas para assinantes / artigo so para / conteudo para assinantes / reservado a assinantes
/ continue lendo / continue a ler / para continuar a ler / para continuar lendo / para ler o artigo
/ para ler a materia / assine para / assine e / torne-se assinante / libere o acesso / voce atingiu o limite
/ cadastre-se para / registe-se para / faca login para / alleen voor abonnees / exclusief voor abonnees
/ uitsluitend voor abonnees / verder lezen? / lees verder met / verder lezen met / wil je verder lezen
/ wilt u verder lezen / wil je dit artikel lezen / om verder te lezen / om dit artikel te lezen
/ lees het hele artikel / dit artikel lezen / al onze artikelen / dalsza czesc artykulu / dostep dla prenumeratorow
/ tylko dla prenumeratorow / tylko dla subskrybentow / artykul dostepny / tresc dostepna / pozostalo %
/ pozostalo do przeczytania / czytaj dalej za / czytaj dalej w / aby czytac dalej / zeby czytac dalej
/ aby przeczytac caly / kup dostep / wykup dostep / wykup subskrypcje / kup prenumerate / uzyskaj dostep
/ artykul premium / nieograniczony dostep / только для подписчиков / доступно подписчикам
/ доступен только подписчикам / доступна только подписчикам / доступен по подписке / доступно по подписке
/ материал доступен / чтобы читать дальше / чтобы прочитать / чтобы продолжить чтение / продолжение доступно
/ читать полностью по / полный текст доступен / полная версия доступна / подпишитесь, чтобы / подпишитесь, что
/ войдите, чтобы / платный контент / закрытый материал / лише для передплатників / тільки для передплатників
/ тільки для підписників / доступно за передплатою / доступний за передплатою / доступна за підпискою
/ щоб читати далі / щоб прочитати / щоб продовжити читання / увійдіть, щоб / この記事は会員限定 / 続きを読むには
/ 続きをお読み / 残り文字 / 残り 文字 / ここから先は / 全文を読む / 購読の申し込み / この記事は有料 / 本文为付费
/ 付费内容 / 付费阅读 / 会员专享 / 会员专属 / 订阅以 / 订户专享 / 仅限订阅 / 仅供订阅 / 继续阅读请 / 阅读全文请
/ 登录以继续 / 剩余内容 / 开通会员 / 訂戶限定 / 會員專屬 / 付費內容 / 訂閱以 / 繼續閱讀請 / 本文為付費
/ abonelere ozel / sadece abone / yalnizca abone / abonelerimize ozel / okumaya devam etmek / devamini okumak
/ tamamini okumak / abone ol ve / uye girisi yap / للمشتركين فقط / حصري للمشتركين / متاح للمشتركين / محتوى حصري
/ محتوى مدفوع / لمتابعة القراءة / لمواصلة القراءة / لقراءة المقال كاملا / لقراءة المزيد اشترك / اشترك لقراءة
/ سجل الدخول ل / سجل للمتابعة / μονο για συνδρομητες / αποκλειστικα για συνδρομητες / για να συνεχισετε την αναγνωση
/ για να συνεχισετε να διαβαζετε / συνεχιστε την αναγνωση / συνδεθειτε για να / for dig som ar prenumerant
/ endast for prenumeranter / bara for prenumeranter / for att lasa vidare / for att lasa hela
/ for att fortsatta lasa / las vidare med / vill du lasa vidare / vill du lasa hela / fortsatt lasa / las klart
/ prova plus / logga in for att / du har last dina / las mer med / kun for abonnenter / for at laese videre
/ for at laese artiklen / for at laese hele / laes videre med / laes hele artiklen / vil du laese videre
/ du skal vaere abonnent / log ind for at / laes artiklen med / las resten / laes resten / kraever abonnement
/ forbeholdt abonnenter / for a lese videre / for a lese hele / for a lese saken / les videre med / vil du lese
/ du ma vaere abonnent / logg inn for a / krever abonnement / vain tilaajille / lukeaksesi / jatka lukemista
/ jatkaaksesi lukemista / artikkeli on tilaajille / tama on tilaajien / tilaa ja lue / kirjaudu sisaan lukeaksesi
/ kirjaudu lukeaksesi / haluatko lukea / pouze pro predplatitele / jen pro predplatitele / clanek je exkluzivni
/ zbyva vam / zbyva % / pro pokracovani ve cteni / pokracovani ve cteni / pro precteni / abyste mohli cist
/ chcete cist dal / cely clanek si / odemknout clanek / odemknete / 구독자 전용 / 유료 회원 / 회원 전용
/ 계속 읽으려면 / 전체 기사를 보려면 / to read the full article / to read the full story / desbloquea este
/ desbloquear este / sblocca l'articolo / sblocca questo / odblokuj artykul / odblokuj dostep / abbonati e leggi
/ abbonati e continua / 登录后可 / 登录后阅读 / 登录后继续 / 订阅后可 / 登入後可 / 訂閱後可 / 会員登録すると
/ 会員登録が必要 / 加入會員閱讀 / artikel fur abonnent / κλειδωμενο αρθρο / για να διαβασετε ολοκληρο
/ για να διαβασετε τη συνεχεια / exklusivt for prenumerant / exklusivt innehall for / las hela artikeln med
/ les hele saken med / les saken med / lue koko juttu tilaa / juttu on tilaajille / log in om verder / log in om dit
/ maak een account aan om / zaloguj sie, aby czytac / zaloguj sie, aby przeczytac / prihlaste se a
/ prihlaste se, abyste / tento clanek je pouze / tento clanek je jen / tento clanek je exkluzivn / ログインして続き
/ 会員限定記事です / 続きは会員登録 / 続きは有料会員 / この記事は有料会員
"""
# What stands in such boxes, and in promotions under a whole text: only with a mark of being cut or locked.
_PAYWALL_WEAK = """
already a subscriber / already subscribed / already a member / already have an account / subscribe now
/ subscribe today / choose your plan / choose a plan / view subscription options / see subscription options
/ subscription options / per month / a month / a week / per week / free trial / cancel anytime / cancel any time
/ unlimited access / full access / log in / sign in / sign up / deja abonne / deja inscrit / s'abonner
/ abonnez-vous / je m'abonne / se connecter / sans engagement / par mois / essai gratuit / offre d'abonnement
/ en illimite / ya eres suscriptor / ya es suscriptor / ya soy suscriptor / ya tienes cuenta / suscribete
/ suscribirme / suscribase / inicia sesion / iniciar sesion / al mes / cancela cuando / sin permanencia
/ bereits abonnent / schon abonnent / sie haben bereits / sie sind bereits / bereits registriert / jetzt abonnieren
/ jetzt abo / abonnieren / anmelden / einloggen / jederzeit kundbar / pro monat / monatlich / gratis testen
/ kostenlos testen / probemonat / sei gia abbonato / gia abbonato / hai gia un abbonamento / abbonati / accedi
/ al mese / prova gratis / disdici quando / ja e assinante / ja sou assinante / ja e membro / assine / assinar
/ fazer login / por mes / cancele quando / entrar / al abonnee / heb je al een / ben je al abonnee
/ bent u al abonnee / abonneren / inloggen / per maand / maandelijks opzegbaar / probeer gratis / masz juz
/ jestes juz / zaloguj / prenumerat / subskryp / miesiecznie / za miesiac / wyprobuj / уже подписчик
/ уже есть подписка / уже есть аккаунт / войти / подписаться / оформить / в месяц / пробный период / вже маєте
/ вже передплатник / увійти / передплат / на місяць / ログイン / 月額 / 無料体験 / 申し込み / 已订阅 / 已是会员
/ 登录 / 立即订阅 / 每月 / 已訂閱 / 已是會員 / 登入 / 立即訂閱 / zaten abone / abone misiniz / giris yap / aylik
/ abone ol / مشترك بالفعل / هل لديك حساب / تسجيل الدخول / اشترك / شهريا / ειστε ηδη / ηδη συνδρομητης / συνδεση
/ συνδρομη / τον μηνα / redan prenumerant / ar du prenumerant / logga in / prenumerera / manaden / per manad
/ allerede abonnent / er du abonnent / log ind / logg inn / abonnement / om maneden / pr. maned / oletko jo tilaaja
/ kirjaudu / tilaa / kuukaudessa / uz mam / jste jiz / mate predplatne / prihlasit / mesicne / predplatne / 로그인
/ 구독하기 / premium content / members only / contenido premium / conteudo exclusivo / contenuto premium
/ premium icerik / plusartikel / plus-inhalt / premium artikel / premium-artikel / plus-artikel / articolo premium
/ articulo exclusivo / article premium / probeabo / premiovy obsah / fur abonnenten / pour les abonnes
/ для подписчиков / для передплатників / dla prenumeratorow / voor abonnees / for abonnenter / for prenumeranter
/ tilaajille / pro predplatitele / para assinantes / para suscriptores / per gli abbonati / word abonnee
/ abonneer je / neem een abonnement / bli prenumerant / bliv abonnent / bli abonnent / abone olun / uye olun
/ 会員登録 / 加入會員 / γινε συνδρομητης / γινετε συνδρομη / 会員になると / 有料会員 / 有料記事 / 会員限定
"""
# The same place taken by a page that is gone.
_MISSING = """
404 / page not found / not found / page cannot be found / page can't be found / page does not exist
/ no longer available / no longer exists / page introuvable / page non trouvee / n'existe pas / n'existe plus
/ pagina no encontrada / no se ha encontrado / no existe / seite nicht gefunden / nicht gefunden
/ nicht mehr verfugbar / pagina non trovata / non trovata / pagina nao encontrada / nao encontrada
/ pagina niet gevonden / niet gevonden / nie znaleziono / nie istnieje / страница не найдена / не найдена
/ сторінку не знайдено / не знайдено / ページが見つかりません / 見つかりません / 页面不存在 / 找不到页面
/ 頁面不存在 / 找不到 / sayfa bulunamadi / bulunamadi / الصفحة غير موجودة / غير موجودة / η σελιδα δεν βρεθηκε
/ δεν βρεθηκε / sidan hittades inte / sidan kunde inte / siden blev ikke fundet / siden findes ikke
/ siden ble ikke funnet / finnes ikke / sivua ei loydy / ei loytynyt / stranka nenalezena / nenalezena
/ 페이지를 찾을 수 없
"""

_WORD = re.compile(r"[a-z]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "，": ",", "／": "/"})
_NUMBERS = re.compile(r"(?:(?<=\s)|^)(?:(?:up to|bis zu|jusqu'a|hasta|fino a) )?\d[\d.,' ]*|(?<=[^\W\d])\d+(?=[^\W\d])")


def folded(text: str) -> str:
    """The text as the phrases are kept: without case, accents and numbers, one blank between words."""
    return _NUMBERS.sub("", " ".join(fold(text.translate(_APOSTROPHES)).split()))


class Phrases(NamedTuple):
    """Phrases by their first words: of four hundred a page is searched for the few that may be there."""

    by_word: dict[str, tuple[str, ...]]
    anywhere: tuple[str, ...]  # stems, and what is written in scripts without our blanks


def _phrases(table: str) -> Phrases:
    by_word: dict[str, tuple[str, ...]] = {}
    anywhere: list[str] = []
    for phrase in dict.fromkeys(folded(phrase) for phrase in " ".join(table.split()).split(" / ")):
        word = _WORD.match(phrase)
        if word and word[0] != phrase:
            by_word[word[0]] = (*by_word.get(word[0], ()), phrase)
        elif phrase:
            anywhere.append(phrase)
    return Phrases(by_word, tuple(anywhere))


BOT, BOT_WEAK = _phrases(_BOT), _phrases(_BOT_WEAK)
CONSENT, CONSENT_TERMS = _phrases(_CONSENT), _phrases(_CONSENT_TERMS)
PAYWALL, PAYWALL_WEAK = _phrases(_PAYWALL), _phrases(_PAYWALL_WEAK)
MISSING = _phrases(_MISSING)


def says(text: str, phrases: Phrases) -> bool:
    """Whether a folded text holds one of the phrases."""
    return any(_found(text, phrases))


def said(text: str, phrases: Phrases) -> int:
    """How many of the phrases a folded text holds."""
    return sum(_found(text, phrases))


def _found(text: str, phrases: Phrases) -> Iterator[bool]:
    for word in set(_WORD.findall(text)) & phrases.by_word.keys():
        yield from (phrase in text for phrase in phrases.by_word[word])
    yield from (phrase in text for phrase in phrases.anywhere)
