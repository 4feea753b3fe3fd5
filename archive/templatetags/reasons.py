"""Why a page was refused, in plain words."""

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
    "too-heavy": _("تكلف قراءتها من الوقت أو الذاكرة أكثر من المسموح"),
    "parser-error": _("عطل في القارئ نفسه"),
}
OTHER_REASON = _("سبب آخر")


def reason(code: str) -> str:
    return str(REASONS.get(code, OTHER_REASON))
