# Tries in the object store, as the application's user, what it may do and what not. It runs in the store's own pod; the keys
# come as four lines, so that they stand in no argument. Each answer is a line: done, refused, or what else happened.
set -eu
umask 077
MC_CONFIG_DIR=$(mktemp -d /tmp/e2e.XXXXXX) HOME=/tmp MC_QUIET=true MC_DISABLE_PAGER=true PATH=/usr/local/bin:/usr/bin:/bin
export MC_CONFIG_DIR HOME MC_QUIET MC_DISABLE_PAGER PATH
trap 'rm -rf "$MC_CONFIG_DIR"' EXIT

login() {
    read -r key
    read -r secret
    printf '%s\n%s\n' "$key" "$secret" | mc alias set "$1" http://127.0.0.1:9000 --api s3v4 --path on >/dev/null
}
try() {
    what=$1
    shift
    if said=$("$@" 2>&1); then
        echo "$what: done"
        return
    fi
    case $said in
    *"Access Denied"* | *AccessDenied* | *"Insufficient permissions"*) echo "$what: refused" ;;
    *) echo "$what: $said" ;;
    esac
}
put() { echo trial | mc pipe "$1"; }
seen() { mc ls app | grep -q "$1"; }
unseen() { ! seen "$1"; }

login root
login app
own=app/${BUCKET:?} foreign=e2e-foreign
mc mb --ignore-existing "root/$foreign" >/dev/null
put "root/$foreign/theirs" >/dev/null

try "write an own object" put "$own/e2e-trial"
try "read an own object" mc cat "$own/e2e-trial"
try "list an own bucket" mc ls "$own"
try "delete an own object" mc rm "$own/e2e-trial"
try "see an own bucket" seen "$BUCKET"
try "see no foreign bucket" unseen "$foreign"
try "make a foreign bucket" mc mb app/e2e-another
try "list a foreign bucket" mc ls "app/$foreign"
try "read a foreign object" mc cat "app/$foreign/theirs"
try "write a foreign object" put "app/$foreign/ours"
try "delete a foreign object" mc rm "app/$foreign/theirs"
try "ask about the server" mc admin info app
try "list users" mc admin user list app
try "write a policy" mc admin policy attach app consoleAdmin --user "$key"

mc rb --force "root/$foreign" >/dev/null
