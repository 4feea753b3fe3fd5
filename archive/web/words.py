"""What codes mean, in plain words: reasons of rejection, fields, and the voices that spoke them."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "not-html": _("ليست صفحة ويب (صورة أو ملف أو بيانات)"),
    "undecodable": _("تعذّرت قراءة حروفها"),
    "no-headline": _("لم يوجد فيها عنوان خبر"),
    "no-body": _("لم يوجد فيها نص خبر"),
    "index-page": _("صفحة قائمة تعدد أخبارا وليست خبرا"),
    "error-page": _("صفحة خطأ من الموقع نفسه"),
    "login-page": _("صفحة تطلب تسجيل الدخول أو الاشتراك"),
    "consent-page": _("صفحة تطلب الموافقة على ملفات الارتباط"),
    "empty-shell": _("صفحة لا يظهر نصها إلا ببرامجها"),
    "video-page": _("فيديو بلا نص"),
    "gallery-page": _("صور بلا نص"),
    "truncated": _("صفحة انقطعت قبل النص"),
    "bad-digest": _("بصمتها لا تطابق ما سُجل معها"),
    "redirect": _("تحويل إلى صفحة أخرى"),
    "revisit": _("إشارة إلى صفحة حُفظت من قبل"),
    "empty": _("فارغة"),
    "missing": _("ملف غير موجود"),
    "unreadable": _("ملف تعذّر فتحه"),
    "broken-container": _("أرشيف مضغوط تالف أو مقطوع"),
    "nested-container": _("أرشيف داخل أرشيف أعمق من الحد المسموح"),
    "no-pages": _("ملف لا صفحات فيه"),
    "too-large": _("أكبر من الحد المسموح"),
    "too-heavy": _("استغرقت قراءتها أكثر من الحد المسموح"),
    "parser-error": _("عطل في القارئ نفسه"),
}
OTHER_REASON = _("سبب آخر")

FIELDS = {
    "headline": _("العنوان"),
    "byline": _("الكاتب"),
    "bylines": _("الكاتب"),
    "dateline": _("المكان"),
    "datelines": _("المكان"),
    "published_at": _("تاريخ النشر"),
    "modified_at": _("تاريخ التعديل"),
    "section": _("القسم"),
    "lead": _("المقدمة"),
    "body": _("النص"),
    "pictures": _("الصور"),
    "related": _("الأخبار ذات الصلة"),
    "teasers": _("إشارات إلى أخبار أخرى"),
    "language": _("اللغة"),
    "encoding": _("الترميز"),
    "tags": _("الوسوم"),
    "publisher": _("المصدر"),
    "url": _("العنوان الأصلي"),
}

VOICES = {
    "json-ld": _("بيانات الصفحة المهيكلة"),
    "opengraph": _("وسوم المشاركة"),
    "microdata": _("بيانات مضمّنة في الصفحة"),
    "meta": _("وسوم الصفحة"),
    "rel-author": _("رابط الكاتب"),
    "breadcrumb": _("مسار التصفح"),
    "density": _("أكثف نص في الصفحة"),
    "before-body": _("فقرة تسبق النص"),
    "inline": _("أول النص"),
    "page": _("الصفحة نفسها"),
    "title": _("عنوان الصفحة في المتصفح"),
    "h1": _("أكبر عنوان في الصفحة"),
    "h2": _("عنوان في الصفحة"),
    "h3": _("عنوان في الصفحة"),
    "h4": _("عنوان في الصفحة"),
    "h5": _("عنوان في الصفحة"),
    "h6": _("عنوان في الصفحة"),
    "text": _("سطر يوافق عنوان المتصفح"),
    "printed": _("سطر التاريخ المطبوع"),
    "time-element": _("عنصر الوقت في الصفحة"),
    "address": _("تاريخ في عنوان الصفحة"),
    "issue-line": _("تاريخ العدد في رأس الصفحة"),
    "line-above": _("السطر الذي فوق النص"),
    "record": _("سجل الحفظ"),
    "path": _("مسار الملف"),
    "credit-line": _("سطر التوقيع"),
    "credit-class": _("سطر موسوم بالكاتب"),
    "learnt-order": _("سطر التوقيع بترتيب تعلمناه من صفحات الموقع"),
    "machine-names": _("بيانات الصفحة"),
    "rel-tag": _("روابط الوسوم"),
    "menu": _("قائمة الأبواب"),
    "path-line": _("سطر المسار"),
    "place-first": _("سطر يبدأ بالمكان"),
    "canonical": _("العنوان المعتمد في الصفحة"),
    "generic": _("قراءة عامة للصفحة"),
    "teaser": _("صفحة أخرى من الموقع نفسه"),
    "url": _("عنوان الصفحة"),
}


def reason(code: str) -> str:
    return str(REASONS.get(code, OTHER_REASON))


def voice(rule: str) -> str:
    """`arabs-today@2016` is that paper's layout of 2016; the others are ways of reading any page."""
    if "@" in rule:
        return str(_("قالب المصدر"))
    return str(VOICES.get(rule.partition(":")[0], ""))
