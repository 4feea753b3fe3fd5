"""What codes mean, in plain words: fields, and the voices that spoke them."""

from django.utils.translation import gettext_lazy as _

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


def voice(rule: str) -> str:
    """`arabs-today@2016` is that paper's layout of 2016; the others are ways of reading any page."""
    if "@" in rule:
        return str(_("قالب المصدر"))
    return str(VOICES.get(rule.partition(":")[0], ""))
