#!/usr/bin/env bash
# Puts Lucene 10.5.1's jars and the compiled Baseline into a folder: install.sh [FOLDER] (default: ./lib here).
# Does nothing that is already done. Needs pip, and a JDK of version 21 or newer (JAVA_HOME, or one in /usr/lib/jvm).
#
# The jars come from inside the wheel nlp4j-local-search 0.8.1.0 on PyPI (38.9 MB), which holds them as built by the
# Apache project. The hashes below pin both the wheel and the three jars.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-$here/lib}"
folder=$(cd "${1:-$here/lib}" && pwd)
package=nlp4j-local-search==0.8.1.0
wheel_sha256=a13b11ccbefa98d79c401ee9195d0fca552f472cb0761995862f7569410fa79c
jar_hashes="2b4912cc792f462e8e7b350f7c958f538ee7ec42da4cf4b65902fb9d546bba53  lucene-core-10.5.1.jar
f710afd91a820987a48f3a215e076715b9237b324cf5458281109ef0d2a17b73  lucene-analysis-common-10.5.1.jar
f47044db3d231a9bf69ab23c6ae04086e2aa93e50722821059c5eed846ea12a3  lucene-facet-10.5.1.jar"

jars_present() { (cd "$folder" && sha256sum --check --status <<<"$jar_hashes" 2>/dev/null); }

if ! jars_present; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    echo "$package --hash=sha256:$wheel_sha256" >"$scratch/requirements.txt"
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --dest "$scratch" --requirement "$scratch/requirements.txt"
    python3 - "$scratch" "$folder" <<'PY'
import glob, io, sys, zipfile

scratch, folder = sys.argv[1:]
wheel = zipfile.ZipFile(glob.glob(scratch + "/*.whl")[0])
outer = zipfile.ZipFile(io.BytesIO(wheel.read("nlp4j_local_search/jars/1.8/nlp4j-localsearch.jar")))
for part in ("core", "analysis-common", "facet"):
    outer.extract(f"lucene-{part}-10.5.1.jar", folder)
PY
    jars_present || { echo "install.sh: the jars are not the ones expected" >&2; exit 1; }
fi

# A JDK of version 21 or newer: JAVA_HOME if it is one, else the last in /usr/lib/jvm.
java_home=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] || continue
    version=$("$home/bin/javac" -version 2>&1 | sed -E 's/^javac ([0-9]+).*/\1/')
    if [ "$version" -ge 21 ]; then java_home=$home; fi
    if [ "$home" = "${JAVA_HOME:-}" ] && [ -n "$java_home" ]; then break; fi
done
[ -n "$java_home" ] || { echo "install.sh: Lucene 10 needs a JDK of version 21 or newer; set JAVA_HOME" >&2; exit 1; }

if [ ! -e "$folder/Baseline.class" ] || [ "$here/Baseline.java" -nt "$folder/Baseline.class" ]; then
    "$java_home/bin/javac" -cp "$folder/*" -d "$folder" "$here/Baseline.java"
fi

# Lucene asks for both module flags when they are missing: its SIMD code and its calls to madvise need them.
# HEAP sets the heap of one run (HEAP=4g lib/baseline ...).
cat >"$folder/baseline" <<RUN
#!/usr/bin/env bash
exec "$java_home/bin/java" -Xms\${HEAP:-2g} -Xmx\${HEAP:-2g} --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \\
    -cp "$folder:$folder/*" Baseline "\$@"
RUN
chmod +x "$folder/baseline"
echo "$folder/baseline"
