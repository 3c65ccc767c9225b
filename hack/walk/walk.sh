#!/usr/bin/env bash
# The whole journey as a person with curl would take it, against a running `make run`. It prints each command and its
# answer as Markdown: the walk in README.md is its output.
#
#   hack/walk/walk.sh [API [MAILS]]        default: http://127.0.0.1:8080/api/v1 and what `hack/stack env` says
#
# It stops at the first answer whose status is not the one that the step must have. WALK_STATUSES names a file that gets the
# statuses of every step. Needs curl and jq.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
API=${1:-http://127.0.0.1:8080/api/v1}
MAIL=${2:-$(go run ./hack/stack env | sed -n 's/^export RENTORA_MAIL_URL=//p' | tr -d "'\"")}
MAIL=${MAIL%/}
N=$(date +%s) # makes the addresses new

say() { printf '\n%s\n' "$*"; }
begin() { printf '\n```console\n'; }
end() { printf '```\n'; }

answers=$(mktemp -d)
trap 'rm -rf "$answers"' EXIT
# curl keeps the head of each answer beside what the step prints. --json is spelled out, for curl has it only since 7.82.
curl() {
	local arguments=()
	while [ $# -gt 0 ]; do
		if [ "$1" = --json ]; then
			arguments+=(-H 'Content-Type: application/json' -H 'Accept: application/json' --data-binary "$2")
			shift 2
		else
			arguments+=("$1")
			shift
		fi
	done
	command curl -D "$answers/$(date +%s%N)" "${arguments[@]}"
}
# answered STATUS 'COMMAND': every answer since the step began had the status, a regular expression.
answered() {
	local file status statuses=
	for file in "$answers"/*; do
		[ -e "$file" ] || continue
		status=$(sed -nE 's/^HTTP[^ ]* ([0-9]{3}).*/\1/p' "$file" | tail -n 1)
		[[ $status =~ ^$1$ ]] || { echo "walk: wanted $1, got ${status:-no answer} from: $2" >&2; exit 1; }
		statuses+=${statuses:+,}$status
	done
	if [ -n "${WALK_STATUSES:-}" ] && [ -n "$statuses" ]; then printf '%s  %s\n' "$statuses" "${2%%$'\n'*}" >>"$WALK_STATUSES"; fi
}

# run 'COMMAND' [STATUS]: prints the command as typed, runs it, prints its answer. The variables in it are the reader's. Its answers
# have the status; any success when none is given.
run() {
	printf '$ %s\n' "$1"
	rm -f "$answers"/*
	eval "$1"
	answered "${2:-2..}" "$1"
}
# let_ NAME 'COMMAND': sets a variable from a command's answer, and shows how.
let_() {
	printf '$ %s=$(%s)\n' "$1" "$2"
	rm -f "$answers"/*
	printf -v "$1" '%s' "$(eval "$2")"
	answered 2.. "$1=\$($2)"
	[ -n "${!1}" ] && [ "${!1}" != null ] || { echo "walk: $1 is empty" >&2; exit 1; }
}
# until_ 'COMMAND': repeats a command, quietly, until it succeeds: mails and the index arrive a moment later.
until_() {
	for _ in $(seq 300); do eval "$1" >/dev/null 2>&1 && return; sleep 0.1; done
	echo "walk: gave up waiting for: $1" >&2
	exit 1
}
mailed() { until_ "curl -fs '$MAIL/api/messages?to=$1' | jq -e 'map(select(.subject | test(\"$2\"))) | length > 0'"; }

HOST_MAIL=host-$N@example.test GUEST_MAIL=guest-$N@example.test
IN=$(date -u -d '+40 days' +%F) OUT=$(date -u -d '+44 days' +%F)

say '**A host and a guest register, and confirm their addresses with the token of the mail.**'
begin
printf '$ API=%s MAIL=%s\n$ HOST_MAIL=%s GUEST_MAIL=%s IN=%s OUT=%s\n' "$API" "$MAIL" "$HOST_MAIL" "$GUEST_MAIL" "$IN" "$OUT"
run 'curl -s $API/auth/register --json "{\"email\":\"$HOST_MAIL\",\"password\":\"a-long-password\",\"name\":\"Host 1\",\"role\":\"host\"}" | jq -c'
run 'curl -s $API/auth/register --json "{\"email\":\"$GUEST_MAIL\",\"password\":\"a-long-password\",\"name\":\"Guest 1\"}" | jq -c .data'
mailed "$HOST_MAIL" Confirm; mailed "$GUEST_MAIL" Confirm
run 'for WHO in $HOST_MAIL $GUEST_MAIL; do
    TOKEN=$(curl -s "$MAIL/api/messages?to=$WHO" | jq -r ".[0].text" | sed -n "s/.*#token=//p" | tr -d "\r")
    curl -s $API/auth/verify-email --json "{\"token\":\"$TOKEN\"}" | jq -c .data
  done'
end

say '**They sign in.** The administrator is a demo account; `rentora user create --role admin` makes a real one.'
begin
run 'login() { curl -s $API/auth/login --json "{\"email\":\"$1\",\"password\":\"$2\"}" | jq -r .data.access_token; }'
let_ HOST 'login $HOST_MAIL a-long-password'
let_ GUEST 'login $GUEST_MAIL a-long-password'
let_ ADMIN 'login admin-0001@example.test rentora-demo'
run 'curl -s $API/users/me -H "Authorization: Bearer $HOST" | jq -c .data'
end

say '**The host describes a place.** The time zone follows from the point.'
begin
let_ LISTING 'curl -s $API/listings -H "Authorization: Bearer $HOST" -H "Idempotency-Key: first-place-$N" --json "{
    \"title\":\"Two-bedroom flat near the river\", \"property_type\":\"apartment\", \"room_type\":\"entire_place\",
    \"description\":\"A quiet flat on the second floor with morning sun, a small balcony and a full kitchen. The river is four minutes away on foot, the old town ten.\",
    \"max_guests\":4, \"bedrooms\":2, \"beds\":3, \"bathrooms\":1.5, \"amenities\":[\"wifi\",\"kitchen\",\"balcony\",\"heating\"],
    \"address\":{\"line\":\"Near the river\",\"city\":\"Porto\",\"country_code\":\"PT\"}, \"location\":{\"lat\":41.1403,\"lng\":-8.6110}}" | jq -r .data.id'
run 'curl -s $API/listings/$LISTING -H "Authorization: Bearer $HOST" | jq -c ".data | {status, timezone, location_exact}"'
end

say '**Five photos go straight to the object store,** with a signature that holds for exactly this type and size, once.'
begin
run 'PHOTOS=[]
  for FILE in server/seed/data/photos/city-0{1,2,3,4,5}-*.jpg; do
    UPLOAD=$(curl -s $API/uploads -H "Authorization: Bearer $HOST" --json "{\"content_type\":\"image/jpeg\",\"size_bytes\":$(stat -c %s $FILE)}")
    ID=$(jq -r .data.upload.id <<<"$UPLOAD")
    HEADERS=$(jq -r ".data.headers | to_entries[] | \"\(.key): \(.value)\"" <<<"$UPLOAD")
    curl -s -o /dev/null -w "%{http_code} " -X PUT -H @<(echo "$HEADERS") --data-binary @$FILE "$(jq -r .data.upload_url <<<"$UPLOAD")"
    curl -s -X POST $API/uploads/$ID/complete -H "Authorization: Bearer $HOST" | jq -c ".data | {id, status}"
    PHOTOS=$(jq -c ". + [{upload_id: \"$ID\", alt_text: \"Computer rendering of a room\"}]" <<<"$PHOTOS")
  done'
for id in $(jq -r '.[].upload_id' <<<"$PHOTOS"); do
	until_ "curl -s $API/uploads/$id -H 'Authorization: Bearer $HOST' | jq -e '.data.status == \"ready\"'"
done
run 'curl -s $API/uploads/$ID -H "Authorization: Bearer $HOST" | jq -c ".data | {status, width, height, blurhash, sizes: [.variants[] | \"\(.name) \(.format) \(.width)x\(.height)\"]}"'
let_ TAG 'curl -si $API/listings/$LISTING -H "Authorization: Bearer $HOST" | sed -n "s/^etag: //Ip" | tr -d "\r"'
run 'curl -s -X PUT $API/listings/$LISTING/photos -H "Authorization: Bearer $HOST" -H "If-Match: $TAG" --json "{\"photos\":$PHOTOS}" | jq -c "{photos: (.data.photos | length)}"'
end

say '**Price, rules, and in for verification.**'
begin
run 'curl -s -X PUT $API/listings/$LISTING/price -H "Authorization: Bearer $HOST" --json "{\"currency\":\"EUR\",\"nightly_minor\":9500,\"cleaning_minor\":4000,\"included_guests\":2,\"extra_guest_minor\":1500,\"tax_bps\":600}" | jq -c .data'
run 'curl -s -X PUT $API/listings/$LISTING/availability-rules -H "Authorization: Bearer $HOST" --json "{\"min_nights\":2,\"max_nights\":21,\"advance_notice_days\":1,\"horizon_days\":365}" | jq -c .data'
run 'curl -s -X POST $API/listings/$LISTING/submit -H "Authorization: Bearer $HOST" | jq -c "{status: .data.status}"'
end

say '**The administrator verifies it,** and it is public from then on.'
begin
run 'curl -s "$API/admin/verifications?limit=5" -H "Authorization: Bearer $ADMIN" | jq -c ".data[] | {id, kind, title: .listing.title, etag}"'
let_ TAG 'curl -s "$API/admin/verifications?limit=5" -H "Authorization: Bearer $ADMIN" | jq -r ".data[] | select(.id == \"$LISTING\").etag"'
run 'curl -s $API/admin/listings/$LISTING/approve -H "Authorization: Bearer $ADMIN" -H "If-Match: $TAG" --json "{}" | jq -c "{status: .data.status}"'
end
until_ "curl -s '$API/search/listings?q=river&lat=41.14&lng=-8.61&radius_km=5' | jq -e '.data.hits[] | select(.id == \"$LISTING\")'"

say '**The guest searches** by words (with a slip), place, dates, party and price; dates are part of the same query.'
begin
run 'curl -s "$API/search/listings?q=flat+near+the+rivr&lat=41.14&lng=-8.61&radius_km=10&check_in=$IN&check_out=$OUT&guests=3&currency=EUR&price_max=15000&amenities=wifi,kitchen" | jq -c "{found: .data.found, first: (.data.hits[0] | {id, title, distance_km, price}), facets: [.data.facets[] | select(.field == \"room_type\")]}"'
run 'curl -s "$API/listings/$LISTING/calendar?from=$IN&to=$OUT" | jq -c ".data.days[]"'
end

say '**A quote, line by line; then the booking.** Repeating the request with its key gives the same booking.'
begin
run 'QUOTE=$(curl -s $API/listings/$LISTING/quotes --json "{\"check_in\":\"$IN\",\"check_out\":\"$OUT\",\"guests\":3}")
  jq -c ".data | {lines: [.lines[] | {label: .label, amount_minor}], total, booking_mode, expires_at}" <<<"$QUOTE"'
run 'book() { curl -s $API/bookings -H "Authorization: Bearer $GUEST" -H "Idempotency-Key: my-trip-$N" --json "{\"quote_token\":$(jq .data.token <<<"$QUOTE"),\"message\":\"We arrive in the evening.\"}"; }'
let_ BOOKING 'book | jq -r .data.id'
run 'book | jq -c ".data | {id, code, status, total, expires_at}"'
end

say '**The dates are gone for everyone else,** who is told the nearest free ones.'
begin
run 'curl -s $API/listings/$LISTING/quotes --json "{\"check_in\":\"$IN\",\"check_out\":\"$OUT\",\"guests\":2}" | jq -c .error' 409
end

say '**The host gets a mail and confirms; the guest gets the address.**'
mailed "$HOST_MAIL" Request
begin
run 'curl -s "$MAIL/api/messages?to=$HOST_MAIL" | jq -r ".[] | select(.subject | test(\"Request\")) | .text"'
run 'curl -s -X POST $API/bookings/$BOOKING/confirm -H "Authorization: Bearer $HOST" | jq -c ".data | {code, status}"'
mailed "$GUEST_MAIL" Confirmed:
run 'curl -s "$MAIL/api/messages?to=$GUEST_MAIL" | jq -r ".[].subject"'
run 'curl -s $API/bookings/$BOOKING -H "Authorization: Bearer $GUEST" | jq -c ".data | {status, listing}"'
end

say '**What cancelling would give back, and who did what.**'
begin
run 'curl -s $API/bookings/$BOOKING/cancellation -H "Authorization: Bearer $GUEST" | jq -c .data'
run 'curl -s $API/bookings/$BOOKING/cancel -H "Authorization: Bearer $GUEST" --json "{\"reason\":\"Our plans changed.\"}" | jq -c ".data | {status, refund}"'
run 'curl -s $API/bookings/$BOOKING/history -H "Authorization: Bearer $GUEST" | jq -c ".data[] | {from_status, to_status, actor_role}"'
run 'curl -s "$API/admin/audit-log?target_id=$LISTING" -H "Authorization: Bearer $ADMIN" | jq -c ".data[] | {action, actor_role, diff}"'
end

say '**Bad input** names the field and the rule.'
begin
run 'curl -s $API/listings/$LISTING/quotes --json "{\"check_in\":\"2026-02-30\",\"guests\":0,\"pets\":1}" | jq .error' 400
end
