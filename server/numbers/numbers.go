// Package numbers counts the business: for operators from its events, each of them once whatever the number of workers, and
// for staff from the record, day by day.
package numbers

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/numbers/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Counter listens to listings and bookings. It counts in memory, after what it has to ask was answered, so that an event
// which is tried again is not counted twice. It is safe for concurrent use.
type Counter struct {
	q                   *query.Queries
	listings, bookings  *prometheus.CounterVec // by event
	confirmed, refunded *prometheus.CounterVec // by currency, in minor units
	verified, answered  prometheus.Histogram
}

// patience are the buckets of what people wait for: a minute to a week.
var patience = []float64{60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 48 * 3600, 7 * 24 * 3600}

// New makes the counters and registers them.
func New(pool *pgxpool.Pool, reg prometheus.Registerer) *Counter {
	count := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, []string{label})
	}
	c := &Counter{q: query.New(pool),
		listings:  count("rentora_listing_events_total", "Listings that were submitted, approved or rejected.", "event"),
		bookings:  count("rentora_booking_events_total", "Bookings that were requested, confirmed, declined, expired or cancelled.", "event"),
		confirmed: count("rentora_revenue_confirmed_minor_total", "Totals of confirmed bookings, in minor units.", "currency"),
		refunded:  count("rentora_revenue_refunded_minor_total", "What cancelled bookings that had been confirmed gave back, in minor units.", "currency"),
		verified: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "rentora_listing_verification_seconds", Buckets: patience,
			Help: "Time from a listing's submission to its approval or rejection."}),
		answered: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "rentora_booking_answer_seconds", Buckets: patience,
			Help: "Time from a request to the host's answer."}),
	}
	reg.MustRegister(c.listings, c.bookings, c.confirmed, c.refunded, c.verified, c.answered)
	for _, event := range []string{"submitted", "approved", "rejected"} {
		c.listings.WithLabelValues(event) // a rate needs the zero before the one
	}
	for _, event := range []string{"requested", "confirmed", "declined", "expired", "cancelled"} {
		c.bookings.WithLabelValues(event)
	}
	return c
}

// OnListingSubmitted counts.
func (c *Counter) OnListingSubmitted(context.Context, listing.Submitted) error {
	c.listings.WithLabelValues("submitted").Inc()
	return nil
}

// OnListingApproved counts, and times the verification.
func (c *Counter) OnListingApproved(ctx context.Context, e listing.Approved) error {
	row, err := c.q.Verification(ctx, e.ListingID)
	if err := unlessGone(err); err != nil {
		return err
	}
	observe(c.verified, row.SubmittedAt, row.ApprovedAt)
	c.listings.WithLabelValues("approved").Inc()
	return nil
}

// OnListingRejected counts, and times the verification while the listing is as the admin left it.
func (c *Counter) OnListingRejected(ctx context.Context, e listing.Rejected) error {
	row, err := c.q.Verification(ctx, e.ListingID)
	if err := unlessGone(err); err != nil {
		return err
	}
	if row.Status == string(listing.StatusRejected) {
		observe(c.verified, row.SubmittedAt, &row.UpdatedAt)
	}
	c.listings.WithLabelValues("rejected").Inc()
	return nil
}

// OnBookingRequested counts.
func (c *Counter) OnBookingRequested(context.Context, booking.Requested) error {
	c.bookings.WithLabelValues("requested").Inc()
	return nil
}

// OnBookingConfirmed counts with the total, and times the answer when somebody had to give one.
func (c *Counter) OnBookingConfirmed(ctx context.Context, e booking.Confirmed) error {
	row, err := c.q.Booking(ctx, e.BookingID)
	if err := unlessGone(err); err != nil {
		return err
	}
	if err == nil {
		c.confirmed.WithLabelValues(row.Currency).Add(float64(row.TotalMinor))
	}
	if !e.Instant {
		observe(c.answered, &row.CreatedAt, row.DecidedAt)
	}
	c.bookings.WithLabelValues("confirmed").Inc()
	return nil
}

// OnBookingDeclined counts, and times the answer.
func (c *Counter) OnBookingDeclined(ctx context.Context, e booking.Declined) error {
	row, err := c.q.Booking(ctx, e.BookingID)
	if err := unlessGone(err); err != nil {
		return err
	}
	observe(c.answered, &row.CreatedAt, row.DecidedAt)
	c.bookings.WithLabelValues("declined").Inc()
	return nil
}

// OnBookingExpired counts.
func (c *Counter) OnBookingExpired(context.Context, booking.Expired) error {
	c.bookings.WithLabelValues("expired").Inc()
	return nil
}

// OnBookingCancelled counts, with the refund of one that had been confirmed: a mere request had brought nothing.
func (c *Counter) OnBookingCancelled(ctx context.Context, e booking.Cancelled) error {
	row, err := c.q.Booking(ctx, e.BookingID)
	if err := unlessGone(err); err != nil {
		return err
	}
	if row.DecidedAt != nil && row.RefundMinor != nil {
		c.refunded.WithLabelValues(row.Currency).Add(float64(*row.RefundMinor))
	}
	c.bookings.WithLabelValues("cancelled").Inc()
	return nil
}

// unlessGone lets an event of something that was deleted since be counted without its figures.
func unlessGone(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return postgres.Translate(err)
}

// observe notes a span of time whose ends are known and in order: a listing may have been handed in again since.
func observe(h prometheus.Histogram, from, to *time.Time) {
	if from != nil && to != nil && !from.IsZero() && !to.Before(*from) {
		h.Observe(to.Sub(*from).Seconds())
	}
}
