package plan

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Who and what is asked for: where there is a choice, those with the most rows.
const (
	host     = "(select host_id from bookings group by 1 order by count(*) desc, 1 limit 1)"
	guest    = "(select guest_id from bookings group by 1 order by count(*) desc, 1 limit 1)"
	listing  = "(select listing_id from bookings group by 1 order by count(*) desc, 1 limit 1)"
	pending  = "(select id from listings where status = 'pending' order by submitted_at limit 1)"
	waiting  = "(select id from bookings where status = 'PENDING' order by id desc limit 1)"
	upload   = "(select upload_id from listing_photos order by upload_id desc limit 1)"
	revision = "(select id from listing_revisions where status = 'pending' order by id desc limit 1)"
	session  = "(select id from sessions order by id desc limit 1)"
	signedIn = "(select user_id from sessions order by id desc limit 1)"
	mail     = "(select key from mails where status = 'due' order by created_at desc limit 1)"
	letter   = "(select id from dead_letters where status = 'open' order by id limit 1)"
	group    = "(select id from error_groups where resolved_at is null order by id limit 1)"
	page     = "(select array_agg(id) from (select id from listings where status = 'live' order by id desc limit 20) l)"
	first    = "'00000000-0000-0000-0000-000000000000'"
	last     = "'ffffffff-ffff-ffff-ffff-ffffffffffff'"
)

// values gives each parameter an expression of SQL, by "room.Query.parameter", else "room.parameter", else the end of the
// query's name and the parameter, else the parameter alone.
var values = map[string]string{
	"Before.key": last, "After.key": first, "after": first, "n": "21", "now": "now()", "at": "now()", "before": "now() - interval '190 hours'",
	"expires_at": "now() + interval '1 day'", "role": "null", "status": "null", "prefix": "null", "version": "1", "decided_at": "null", "reason": "'why'",
	"code": "'timeout'", "notes": "'[]'", "fields": "'{}'", "actor_id": "null", "actor_role": "'guest'",

	"audit.target_type": "null", "audit.target_id": "null",

	"booking.actor_id": "null", "booking.GuestBefore.actor_id": guest, "booking.GuestAfter.actor_id": guest,
	"booking.HostBefore.actor_id": host, "booking.HostAfter.actor_id": host, "booking.listing_id": "null",
	"booking.Offer.listing_id": listing, "booking.Offer.first": "current_date", "booking.Offer.last": "current_date + 60",
	"booking.Place.listing_id": "(select id from listings l where status = 'live' order by id desc limit 1)",
	"booking.Place.host_id":    "(select host_id from listings l where status = 'live' order by id desc limit 1)", "booking.Place.guest_id": guest,
	"booking.Place.id": "gen_random_uuid()", "booking.Place.occupancy_id": "gen_random_uuid()", "booking.Place.event_id": "gen_random_uuid()",
	"booking.Place.key": "'a-key'", "booking.Place.key_lock": "'a lock'", "booking.Place.check_in": "current_date + 700", "booking.Place.check_out": "current_date + 703",
	"booking.Place.code": "'ZZZZZZZZ'", "booking.Place.guests": "2", "booking.Place.status": "'CONFIRMED'", "booking.Place.message": "''",
	"booking.Place.currency": "'EUR'", "booking.Place.total_minor": "1", "booking.Place.lines": "'[]'", "booking.Place.cancellation_policy": "'moderate'",
	"booking.Place.timezone": "'Europe/Berlin'", "booking.Place.check_in_from": "'15:00'", "booking.Place.topic": "'t'", "booking.Place.event_key": "'k'",
	"booking.Place.event_type": "'booking.requested'", "booking.Place.payload": "'{}'", "booking.Place.request_id": "''", "booking.Place.traceparent": "''",
	"booking.Place.operation": "'createBooking'", "booking.Place.request_hash": "sha256('x')",
	"booking.id": waiting, "booking.booking_id": waiting, "booking.from_status": "'PENDING'", "booking.to_status": "'CONFIRMED'",
	"booking.ended_at": "null", "booking.refund_minor": "null", "booking.frees": "true",
	"booking.ExpireDue.now":                "(select expires_at from bookings where status = 'PENDING' order by expires_at limit 1 offset 20)",
	"booking.ExpireOverlapping.now":        "now()",
	"booking.ExpireOverlapping.listing_id": "(select listing_id from bookings where id = " + waiting + ")",
	"booking.ExpireOverlapping.check_in":   "current_date", "booking.ExpireOverlapping.check_out": "current_date + 700",

	"booking.guest_id": "null", "booking.host_id": "null", "booking.first_in": "null", "booking.last_in": "null", "booking.first_out": "null",
	"booking.past": "false", "booking.phase": "'upcoming'",
	"booking.SoonestAfter.guest_id": guest, "booking.SoonestAfter.actor_id": guest, "booking.SoonestAfter.first_in": "current_date - 1",
	"booking.SoonestBefore.host_id": host, "booking.SoonestBefore.actor_id": host, "booking.SoonestBefore.first_in": "current_date - 1",

	"calendar.listing_id": listing, "calendar.first": "current_date", "calendar.last": "current_date + 60", "calendar.today": "current_date",
	"calendar.during": "daterange(current_date, current_date + 9)", "calendar.note": "''", "calendar.id": "(select id from occupancies order by id desc limit 1)",
	"calendar.SaveRules.listing_id": listing, "calendar.min_nights": "1", "calendar.max_nights": "9", "calendar.advance_notice_days": "1", "calendar.horizon_days": "300",

	"events.shards": "1", "events.shard": "0", "events.held": "'{a, b}'", "events.consumer": "null", "events.type": "null", "events.id": "null",
	"events.Handled.consumer": "'search'", "events.NoteHandled.consumer": "'search'", "events.Bury.consumer": "'search'",
	"events.event_ids":         "(select array_agg(event_id) from (select event_id from outbox order by id desc limit 100) o)",
	"events.MarkPublished.ids": "(select array_agg(id) from (select id from outbox where published_at is null order by id limit 100) o)",
	"events.Letter.id":         letter, "events.DiscardLetter.id": letter, "events.by": signedIn, "events.tier": "'.retry-1'",
	"events.Bury.id": "gen_random_uuid()", "events.Bury.event_id": "(select event_id from dead_letters where consumer = 'search' order by id limit 1)",
	"events.topic": "'t'", "events.Bury.key": "'k'", "events.Bury.type": "'listing.changed'", "events.payload": "'{}'", "events.request_id": "''",
	"events.occurred_at": "now()", "events.error": "'refused'", "events.attempts": "9", "events.retriable": "true",

	"idempotency.lock_name": "'a lock'", "idempotency.account_id": "(select account_id from idempotency_keys order by created_at desc limit 1)",
	"idempotency.key": "(select key from idempotency_keys order by created_at desc limit 1)",

	"identity.email": "(select email from users order by id desc limit 1)", "identity.id": signedIn, "identity.user_id": signedIn,
	"identity.InsertUser.id": "gen_random_uuid()", "identity.InsertUser.email": "'nobody@example.test'", "identity.name": "'Name'", "identity.password_hash": "''",
	"identity.InsertUser.role": "'guest'", "identity.email_verified_at": "now()", "identity.SetStatus.status": "'locked'",
	"identity.SessionOf.id": session, "identity.RevokeSession.id": session, "identity.LiveSession.id": session, "identity.OpenSession.id": "gen_random_uuid()",
	"identity.ids": "array[gen_random_uuid()]", "identity.emails": "'{new@example.test}'", "identity.names": "'{New}'", "identity.roles": "'{guest}'",
	"identity.ats":     "array[now()]",
	"identity.network": "'203.0.113.0/24'", "identity.user_agent": "''", "identity.address": "'203.0.113.9'", "identity.token_hash": "sha256('fresh')",
	"identity.Rotate.hash":       "(select hash from refresh_tokens where spent_at is null and expires_at > now() limit 1)",
	"identity.SpentToken.hash":   "(select hash from refresh_tokens where spent_at is not null and expires_at > now() limit 1)",
	"identity.TokenSession.hash": "(select hash from refresh_tokens where expires_at > now() limit 1)",
	"identity.hash":              "(select hash from one_time_links where used_at is null and expires_at > now() limit 1)",
	"identity.spent_after":       "now() - interval '10 seconds'", "identity.fresh_hash": "sha256('fresh')", "identity.purposes": "'{verify_email}'",
	"identity.seconds": "60", "identity.before": "now() - interval '30 hours'",

	"listing.ids": page, "listing.listing_ids": page, "listing.host_id": host, "listing.id": pending, "listing.listing_id": listing,
	"listing.to_status": "'paused'", "listing.from_status": "'pending'", "listing.reviewer": signedIn, "listing.UploadStates.owner_id": host,
	"listing.UploadStates.ids": "(select array_agg(upload_id) from (select upload_id from listing_photos order by upload_id desc limit 20) p)",
	"listing.PhotoUploads.ids": "(select array_agg(upload_id) from (select upload_id from listing_photos order by upload_id desc limit 20) p)",
	"listing.QueueAfter.at":    "(select submitted_at from listings where status = 'pending' order by submitted_at limit 1)", "listing.QueueAfter.key": first,
	"listing.QueueBefore.at": "(select submitted_at from listings where status = 'pending' order by submitted_at desc limit 1)", "listing.QueueBefore.key": last,
	"listing.QueuePlace.key": pending, "listing.SitemapAfter.n": "1001", "listing.SitemapBefore.n": "1001", "listing.base_version": "1", "listing.decided_by": signedIn, "listing.RewriteRevision.id": revision,
	"listing.CloseRevision.id": revision, "listing.CloseRevision.status": "'approved'",
	"listing.SupersedeRevision.listing_id": "(select listing_id from listing_revisions where id = " + revision + ")",

	"listing.Save.title": "'T'", "listing.Save.description": "''", "listing.Save.property_type": "'house'",
	"listing.Save.room_type": "'entire_place'", "listing.Save.max_guests": "2", "listing.Save.bedrooms": "1", "listing.Save.beds": "1",
	"listing.Save.bathrooms": "1", "listing.Save.amenities": "'{}'", "listing.Save.house_rules": "''", "listing.Save.address_line": "''",
	"listing.Save.city": "'C'", "listing.Save.region": "''", "listing.Save.postal_code": "''", "listing.Save.country_code": "'DE'",
	"listing.Save.lat": "1", "listing.Save.lng": "1", "listing.Save.public_lat": "1", "listing.Save.public_lng": "1",
	"listing.Save.timezone": "'Europe/Berlin'", "listing.Save.check_in_from": "'15:00'", "listing.Save.check_out_until": "'11:00'",
	"listing.Save.cancellation_policy": "'moderate'", "listing.Save.booking_mode": "'instant'",

	"media.bucket":   "'originals'",
	"media.owner_id": "(select owner_id from uploads group by 1 order by count(*) desc, 1 limit 1)", "media.created_at": "now() - interval '1 day'", "media.id": upload,
	"media.width": "1", "media.height": "1", "media.blurhash": "''", "media.variants": "'[]'", "media.ids": "array[gen_random_uuid()]",
	"media.owner_ids": "array[" + host + "]", "media.source_ids": "array[" + upload + "]", "media.before": "now() - interval '1 day'",
	"media.keys": "(select array_agg(object_key) from (select object_key from uploads order by id desc limit 100) u)",

	"notify.id": listing, "notify.RevisionOf.id": revision, "notify.BookingOf.id": waiting, "notify.key": mail, "notify.template": "'welcome'",
	"notify.user_id": signedIn, "notify.message_id": "'m'", "notify.until": "now()", "notify.MarkFailed.status": "'failed'", "notify.last_error": "''",
	"notify.user_ids": "array[" + signedIn + "]", "notify.due": "now()", "notify.pause_seconds": "60", "notify.asked": "1", "notify.again": "now()",
	"notify.sent_at": "now()", "notify.due_at": "now()",

	"numbers.Verification.id": listing, "numbers.Booking.id": waiting, "numbers.since": "now() - interval '30 days'", "numbers.until": "now() + interval '1 day'",

	"pricing.listing_id": listing, "pricing.listing_ids": page, "pricing.currency": "'EUR'", "pricing.nightly_minor": "1", "pricing.cleaning_minor": "0",
	"pricing.included_guests": "1", "pricing.extra_guest_minor": "0", "pricing.tax_bps": "0",

	"report.id": group, "report.by": signedIn, "report.source": "null", "report.open": "null", "report.Record.id": "gen_random_uuid()",
	"report.fingerprint": "'f7'", "report.Record.source": "'api'", "report.kind": "'k'", "report.place": "'p'", "report.message": "'m'", "report.count": "1",
	"report.first_seen": "now()", "report.last_seen": "now()", "report.release": "'1'", "report.route": "'/'", "report.request_id": "''",
	"report.trace_id": "''", "report.most": "1000", "report.stack": "''",

	"search.ids": page, "search.since": "current_date", "search.zones": "(select array_agg(timezone) from (select timezone from listings where status = 'live' group by 1 order by count(*) limit 2) z)",
	"search.alias": "'listings'", "search.name": "'listings_1'", "search.silent_seconds": "60", "search.Places.n": "20000", "search.IDs.n": "200", "search.IDsInZones.n": "200",
}

// filters are the ways in which a query with optional filters is asked besides without any; those with few hits are the dear ones.
var filters = map[string][]map[string]string{
	"audit.List*": {
		{"target_type": "'dead_letter'"}, {"actor_id": "(select max(actor_id::text)::uuid from audit_log)"}, {"actor_id": "gen_random_uuid()"},
		{"target_type": "'listing'", "target_id": "(select target_id from audit_log order by id limit 1)"},
		{"target_type": "'dead_letter'", "actor_id": "(select max(actor_id::text)::uuid from audit_log)"},
	},
	"booking.Guest*": {{"status": "'NO_SHOW'"}, {"listing_id": listing}},
	"booking.Host*":  {{"status": "'NO_SHOW'"}, {"listing_id": listing}},
	"booking.Selected*": {
		{"status": "'NO_SHOW'"}, {"status": "'PENDING'"}, {"listing_id": listing}, {"prefix": "(select code || '%' from bookings order by id limit 1)"},
		{"prefix": "'ZZZZ%'"}, {"prefix": "'ZZZZ%'", "status": "'CONFIRMED'"}, {"host_id": host, "status": "'NO_SHOW'"},
		{"guest_id": guest}, {"host_id": host, "past": "true", "first_in": "current_date - 9999"},
		{"host_id": host, "first_in": "current_date - 499", "last_in": "current_date + 30", "first_out": "current_date"},
	},
	"booking.Soonest*": {
		{"phase": "'current'", "first_in": "current_date - 500", "last_in": "current_date + 1", "first_out": "current_date - 1"},
		{"status": "'NO_SHOW'"}, {"listing_id": listing}, {"key": "(select id from bookings where host_id = " + host + " order by check_in limit 1)"},
	},
	"events.Letters*":     {{"status": "'open'"}, {"consumer": "'notify'"}, {"type": "'booking.requested'"}, {"status": "'open'", "consumer": "'search'"}},
	"events.MoreLetters":  {{"consumer": "'notify'"}, {"type": "'booking.requested'"}},
	"events.RetryLetters": {{"id": letter}, {"consumer": "'notify'"}, {"type": "'booking.requested'"}},
	"identity.Users*": {
		{"prefix": "(select lower(email) || '%' from users order by id desc limit 1)"}, {"prefix": "'nobody-at-all%'"}, {"role": "'admin'"}, {"status": "'locked'"},
		{"role": "'guest'", "status": "'locked'"},
	},
	"listing.Mine*": {{"status": "'rejected'"}},
	"report.List*":  {{"source": "'web'"}, {"open": "true"}},
}

// sampler finds what expressions give, each once.
type sampler struct {
	tx    pgx.Tx
	known map[string]*string
}

func (s *sampler) arguments(ctx context.Context, q Query, filter map[string]string) ([]*string, error) {
	list := make([]*string, len(q.Params))
	for i, param := range q.Params {
		expression, ok := filter[param]
		if !ok {
			expression, ok = valueOf(q.Name, param)
		}
		if !ok {
			return nil, fmt.Errorf("%s: no value for %q in hack/explain/plan/sample.go", q.Name, param)
		}
		value, err := s.value(ctx, expression)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", q.Name, param, err)
		}
		list[i] = value
	}
	return list, nil
}

func valueOf(query, param string) (string, bool) {
	room, name, _ := strings.Cut(query, ".")
	keys := []string{query + "." + param, room + "." + param}
	for _, end := range []string{"Before", "After"} {
		if strings.HasSuffix(name, end) {
			keys = append(keys, end+"."+param)
		}
	}
	for _, key := range append(keys, param) {
		if expression, ok := values[key]; ok {
			return expression, true
		}
	}
	return "", false
}

func (s *sampler) value(ctx context.Context, expression string) (*string, error) {
	if value, ok := s.known[expression]; ok {
		return value, nil
	}
	var value *string
	if err := s.tx.QueryRow(ctx, "select ("+expression+")::text").Scan(&value); err != nil {
		return nil, err
	}
	s.known[expression] = value
	return value, nil
}

func filtersOf(query string) []map[string]string {
	for name, list := range filters {
		if start, ok := strings.CutSuffix(name, "*"); name == query || ok && strings.HasPrefix(query, start) {
			return append([]map[string]string{nil}, list...)
		}
	}
	return []map[string]string{nil}
}
