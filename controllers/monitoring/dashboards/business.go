package dashboards

func business() Dashboard {
	return Dashboard{
		Name: "business", Title: "Business",
		About: "Listings, bookings and revenue, as the group numbers counts them from the events.",
		Rows: []Row{
			{Title: "Bookings", Panels: []Panel{
				lines("Bookings per hour", "short", "By what happened to them.", Query{`sum by (event) (increase(rentora_booking_events_total{@}[1h]))`, "{{event}}"}),
				lines("Bookings by status", "short", "How many there are, five minutes ago at most.", Query{`max by (status) (rentora_bookings{@})`, "{{status}}"}),
				share("Requests that were confirmed", "Of a day's requests and instant bookings.",
					Query{`sum(increase(rentora_booking_events_total{@,event="confirmed"}[1d])) / (sum(increase(rentora_booking_events_total{@,event=~"confirmed|declined|expired"}[1d])) > 0)`, "confirmed"}),
				waits("Time to a host's answer", `rentora_booking_answer_seconds_bucket{@}`),
			}},
			{Title: "Revenue (in minor units of each currency)", Panels: []Panel{
				lines("Confirmed per hour", "short", "Totals of the bookings that were confirmed: cents of euros, whole yen.",
					Query{`sum by (currency) (increase(rentora_revenue_confirmed_minor_total{@}[1h]))`, "{{currency}}"}),
				lines("Refunded per hour", "short", "What cancelled bookings gave back.",
					Query{`sum by (currency) (increase(rentora_revenue_refunded_minor_total{@}[1h]))`, "{{currency}}"}),
				lines("Kept per day", "short", "Confirmed less refunded, of the last day.",
					Query{`sum by (currency) (increase(rentora_revenue_confirmed_minor_total{@}[1d])) - (sum by (currency) (increase(rentora_revenue_refunded_minor_total{@}[1d])) or sum by (currency) (rentora_revenue_confirmed_minor_total{@}) * 0)`, "{{currency}}"}),
			}},
			{Title: "Listings", Panels: []Panel{
				lines("Listings per hour", "short", "By what happened to them.", Query{`sum by (event) (increase(rentora_listing_events_total{@}[1h]))`, "{{event}}"}),
				lines("Listings by status", "short", "How many there are, five minutes ago at most.", Query{`max by (status) (rentora_listings{@})`, "{{status}}"}),
				waits("Time to a verification", `rentora_listing_verification_seconds_bucket{@}`),
			}},
		},
	}
}

// waits draws what people wait for: hours and days, so the last day is looked at.
func waits(title, buckets string) Panel {
	return lines(title, "s", "Of the last day: for half, and for 90 of a hundred.",
		Query{`histogram_quantile(0.5, sum by (le) (increase(` + buckets + `[1d])))`, "p50"},
		Query{`histogram_quantile(0.9, sum by (le) (increase(` + buckets + `[1d])))`, "p90"})
}
