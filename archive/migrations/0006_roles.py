from django.conf import settings
from django.db import migrations, models

from archive.roles import GROUPS, give

WHAT_EDITORS_CORRECT = "publisher section author place".split()
PARTS = "byline dateline body picture relatedlink".split()


def make_roles(apps, schema_editor):
    editor = [f"archive.{action}_{model}" for model in ["story", *WHAT_EDITORS_CORRECT] for action in ("view", "change")]
    editor += [f"archive.{action}_{part}" for part in PARTS for action in ("view", "add", "change", "delete")]
    editor += ["archive.view_correction"]
    importer = [f"archive.view_{model}" for model in ("capture", "importrun", "teaser", "publisher")]
    accounts = ["auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"]
    accounts += ["archive.view_signin", "archive.delete_signin"]
    accounts += [f"archive.{action}_housestyle" for action in ("view", "add", "change")]
    reader, desk = "archive.read_archive", "archive.enter_desk"
    give(apps, "reader", reader)
    give(apps, "editor", reader, desk, *editor)
    give(apps, "importer", reader, desk, *importer)
    give(apps, "admin", reader, desk, *editor, *importer, *accounts)


def carry_over(apps, schema_editor):
    """Whoever had an account could read; whoever was staff could enter the desk, with permissions of their own."""
    reader = apps.get_model("auth", "Group").objects.get(name=GROUPS["reader"])
    desk = apps.get_model("auth", "Permission").objects.get(codename="enter_desk", content_type__app_label="archive")
    for user in apps.get_model("auth", "User").objects.filter(is_superuser=False):
        user.groups.add(reader)
        if user.is_staff:
            user.user_permissions.add(desk)


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0005_taste"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='story',
            options={'permissions': [('read_archive', 'قراءة الأرشيف الخاص'), ('enter_desk', 'دخول مكتب التحرير')], 'verbose_name': 'خبر', 'verbose_name_plural': 'الأخبار'},
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=150, verbose_name='الحساب')),
                ('address', models.CharField(max_length=45, verbose_name='العنوان')),
                ('succeeded', models.BooleanField(default=False, verbose_name='نجحت')),
                ('at', models.DateTimeField(db_index=True, verbose_name='الوقت')),
            ],
            options={
                'verbose_name': 'محاولة دخول',
                'verbose_name_plural': 'محاولات الدخول',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['account', 'address'], name='sign_in_account'), models.Index(fields=['address'], name='sign_in_address')],
            },
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
