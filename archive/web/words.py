"""What codes mean, in plain Arabic: reasons of rejection, fields, and the voices that spoke them."""

REASONS = {
    "not-html": "ليست صفحة ويب (صورة أو ملف أو بيانات)",
    "undecodable": "تعذّرت قراءة حروفها",
    "no-headline": "لم يوجد فيها عنوان خبر",
    "no-body": "لم يوجد فيها نص خبر",
    "index-page": "صفحة قائمة تعدد أخبارا وليست خبرا",
    "error-page": "صفحة خطأ من الموقع نفسه",
    "login-page": "صفحة تطلب تسجيل الدخول أو الاشتراك",
    "consent-page": "صفحة تطلب الموافقة على ملفات الارتباط",
    "empty-shell": "صفحة لا يظهر نصها إلا ببرامجها",
    "video-page": "فيديو بلا نص",
    "gallery-page": "صور بلا نص",
    "truncated": "صفحة انقطعت قبل النص",
    "bad-digest": "بصمتها لا تطابق ما سُجل معها",
    "redirect": "تحويل إلى صفحة أخرى",
    "revisit": "إشارة إلى صفحة حُفظت من قبل",
    "empty": "فارغة",
    "missing": "ملف غير موجود",
    "unreadable": "ملف تعذّر فتحه",
    "broken-container": "أرشيف مضغوط تالف أو مقطوع",
    "nested-container": "أرشيف داخل أرشيف أعمق من الحد المسموح",
    "no-pages": "ملف لا صفحات فيه",
    "too-large": "أكبر من الحد المسموح",
    "too-heavy": "استغرقت قراءتها أكثر من الحد المسموح",
    "parser-error": "عطل في القارئ نفسه",
}
OTHER_REASON = "سبب آخر"

FIELDS = {
    "headline": "العنوان",
    "byline": "الكاتب",
    "bylines": "الكاتب",
    "dateline": "المكان",
    "datelines": "المكان",
    "published_at": "تاريخ النشر",
    "modified_at": "تاريخ التعديل",
    "section": "القسم",
    "lead": "المقدمة",
    "body": "النص",
    "pictures": "الصور",
    "related": "الأخبار ذات الصلة",
    "teasers": "إشارات إلى أخبار أخرى",
    "language": "اللغة",
    "encoding": "الترميز",
    "tags": "الوسوم",
    "publisher": "المصدر",
    "url": "العنوان الأصلي",
}

VOICES = {
    "json-ld": "بيانات الصفحة المهيكلة",
    "opengraph": "وسوم المشاركة",
    "microdata": "بيانات مضمّنة في الصفحة",
    "meta": "وسوم الصفحة",
    "rel-author": "رابط الكاتب",
    "breadcrumb": "مسار التصفح",
    "density": "أكثف نص في الصفحة",
    "before-body": "فقرة تسبق النص",
    "inline": "أول النص",
    "page": "الصفحة نفسها",
    "title": "عنوان الصفحة في المتصفح",
    "h1": "أكبر عنوان في الصفحة",
    "h2": "عنوان في الصفحة",
    "h3": "عنوان في الصفحة",
    "text": "سطر يوافق عنوان المتصفح",
    "printed": "سطر التاريخ المطبوع",
    "time-element": "عنصر الوقت في الصفحة",
    "address": "تاريخ في عنوان الصفحة",
    "issue-line": "تاريخ العدد في رأس الصفحة",
    "line-above": "السطر الذي فوق النص",
    "record": "سجل الحفظ",
    "path": "مسار الملف",
    "credit-line": "سطر التوقيع",
    "credit-class": "سطر موسوم بالكاتب",
    "learnt-order": "سطر التوقيع بترتيب تعلمناه من صفحات الموقع",
    "machine-names": "بيانات الصفحة",
    "rel-tag": "روابط الوسوم",
    "menu": "قائمة الأبواب",
    "path-line": "سطر المسار",
    "place-first": "سطر يبدأ بالمكان",
    "canonical": "العنوان المعتمد في الصفحة",
    "generic": "قراءة عامة للصفحة",
    "teaser": "صفحة أخرى من الموقع نفسه",
    "url": "عنوان الصفحة",
}


def reason(code: str) -> str:
    return REASONS.get(code, OTHER_REASON)


def voice(rule: str) -> str:
    """`arabs-today@2016` is that paper's layout of 2016; the others are ways of reading any page."""
    if "@" in rule:
        return "قالب المصدر"
    return VOICES.get(rule.partition(":")[0], "")
