# shellcheck shell=bash
# Debian packages, without installing them: a private apt reads the archive and leaves the system's own
# lists, locks and sources alone, so that none of this needs root.

# Leaves with the "cannot run here" status and one line that says what is missing.
cannot() {
    echo "lab: missing: $*" >&2
    exit "$CANNOT"
}

# Says once what the whole lab stands on; everything else is fetched.
need_debian() {
    local tool
    [ "$(uname -s)/$(uname -m)" = Linux/x86_64 ] || cannot "an x86-64 Linux machine (this is $(uname -s) on $(uname -m))"
    for tool in apt-get dpkg dpkg-deb flock timeout setpriv mount; do
        command -v "$tool" >/dev/null || PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null ||
            cannot "$tool (the lab runs on Debian)"
    done
    [ -r "$KEYRING" ] || cannot "$KEYRING: apt-get install debian-archive-keyring"
}

# private_apt DIR SUITE: prepares DIR as the home of a private apt for one suite and reads the suite's lists.
# Later calls of `in_apt DIR …` use it. The system's apt.conf still counts: proxies are set there.
private_apt() {
    local dir=$1 suite=$2 line="deb [signed-by=$KEYRING] $MIRROR"
    mkdir -p "$dir/lists/partial" "$dir/archives/partial"
    {
        echo "$line $suite main"
        case $suite in
            bookworm | trixie)
                echo "$line $suite-updates main"
                echo "deb [signed-by=$KEYRING] $MIRROR-security $suite-security main"
                ;;
        esac
    } >"$dir/sources.list"
    in_apt "$dir" apt-get -qq -o APT::Update::Error-Mode=any update 2>"$dir/said" >&2 ||
        cannot "the package lists of Debian $suite from $MIRROR: $(why "$dir")"
}

# why DIR: the first complaint of the private apt in DIR.
why() { grep -m 1 '^E: ' "$1/said" || head -n 1 "$1/said"; }

# in_apt DIR TOOL ARGUMENT…: runs apt-get or apt-cache on the private lists of DIR.
# SandboxUser: as root apt drops to a user who may not write below our cache.
in_apt() {
    local dir=$1 tool=$2
    shift 2
    "$tool" -o Dir::Etc::SourceList="$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir" -o Dir::Cache::Archives="$dir/archives" \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        -o APT::Sandbox::User=root -o Debug::NoLocking=true -o Acquire::Languages=none \
        -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false "$@" </dev/null
}

# unpack_packages DIR TARGET PACKAGE…: fetches the packages, not what they depend on, and unpacks them into TARGET.
unpack_packages() {
    local dir=$1 target=$2
    shift 2
    rm -rf "$dir/debs"
    mkdir -p "$dir/debs" "$target"
    (cd "$dir/debs" && in_apt "$dir" apt-get -qq download "$@") 2>"$dir/said" >&2 ||
        cannot "the Debian packages $*: $(why "$dir")"
    unpack_debs "$target" "$dir"/debs/*.deb
}

# unpack_debs TARGET DEB…: unpacks, and turns links that name the root of the file system into links within TARGET.
unpack_debs() {
    local target=$1 deb link to
    shift
    for deb in "$@"; do
        dpkg -x "$deb" "$target" || cannot "a sound package (dpkg -x $deb failed)"
    done
    find "$target" -type l -lname '/*' | while read -r link; do
        to=$(readlink "$link")
        # shellcheck disable=SC2015 # a link to something outside is left as it is
        [ -e "$target$to" ] && ln -sfnr "$target$to" "$link" || true
    done
}

# make_once NAME FUNCTION: makes the cache folder NAME by FUNCTION, which gets an empty folder to fill and one for
# scratch. Only one process does it; the folder appears complete or not at all.
make_once() {
    local name=$1 function=$2 lock new
    [ -e "$CACHE/$name" ] && return
    need_debian
    mkdir -p "$CACHE" || cannot "a writable cache folder ($CACHE)"
    exec {lock}>"$CACHE/lock" || cannot "a writable cache folder ($CACHE)"
    flock "$lock"
    if [ ! -e "$CACHE/$name" ]; then
        echo "lab: fetching $name into $CACHE, once" >&2
        rm -rf "$CACHE"/new.* # left by an interrupted fetch: we hold the lock, so nobody is using it
        new=$(mktemp -d "$CACHE/new.XXXXXX")
        chmod 755 "$new"
        mkdir "$new/made" "$new/scratch"
        # A subshell, because `cannot` ends it from within.
        ("$function" "$new/made" "$new/scratch" "$CACHE/$name") || {
            status=$?
            rm -rf "$new"
            exit "$status"
        }
        mv "$new/made" "$CACHE/$name"
        rm -rf "$new"
    fi
    exec {lock}>&-
}
