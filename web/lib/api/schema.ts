// Generated from server/openapi.yaml by "npm run api". Do not edit.

export interface paths {
    "/admin/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody's bookings, newest first */
        get: operations["listAllBookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that a handler refused for good, newest first */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{dead_letter_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dead_letter_id: components["parameters"]["DeadLetterId"];
            };
            cookie?: never;
        };
        /** One dead letter with its payload */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{dead_letter_id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dead_letter_id: components["parameters"]["DeadLetterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a dead letter without another try
         * @description 409 when it is retried or discarded already.
         */
        post: operations["discardDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{dead_letter_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dead_letter_id: components["parameters"]["DeadLetterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the event to the group that refused it, and to no other
         * @description 409 when it is retried or discarded already. When it fails again the dead letter is open again.
         */
        post: operations["retryDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the events of open dead letters to their groups again, oldest first */
        post: operations["retryDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Panics, internal errors and errors of browsers, grouped by their cause, newest group first */
        get: operations["listErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/errors/{error_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                error_id: components["parameters"]["ErrorId"];
            };
            cookie?: never;
        };
        /** One group with its sample */
        get: operations["getErrorGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/errors/{error_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                error_id: components["parameters"]["ErrorId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a group; it opens again by itself when the error is seen again */
        post: operations["resolveErrorGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/listings/{listing_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a pending listing, which goes live, or the change that waits of a live or paused one
         * @description Either goes public as a whole, and only as it was when the ETag was read, which verifications give, too; 409 revision_invalid names what of a change no longer fits.
         */
        post: operations["approveListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/listings/{listing_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a pending listing, or the change that waits of a live or paused one, back with a reason and notes on its fields */
        post: operations["rejectListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the business goes, day by day and at this moment
         * @description For support and admins. Days are those of UTC, the oldest first and today last; a day without anything is there with 0.
         */
        get: operations["getNumbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts, newest first */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        /** One account */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{user_id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lock an account and end its sessions
         * @description It acts within a second everywhere, and stands in the audit log with its reason. 409 when the account is locked already or is the caller's own.
         */
        post: operations["lockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{user_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        /** Where an account is signed in, newest first */
        get: operations["listUserSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{user_id}/sessions/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End every session of an account
         * @description It acts within a second everywhere, and stands in the audit log with its reason.
         */
        post: operations["revokeUserSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{user_id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let an account sign in again
         * @description It stands in the audit log with its reason. 409 when the account is not locked.
         */
        post: operations["unlockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** New listings and changes of approved ones that wait for verification, longest waiting first */
        get: operations["listVerifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a link that sets a new password */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this session
         * @description A web client whose access token has run out is signed out by its refresh cookie. Takes the cookies back.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End every session of the account */
        post: operations["logoutAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description The token is spent by this call. Web clients send it as a cookie and leave the body's token out.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account
         * @description Always answers 202 for an acceptable request, whether or not the address has an account; the mail says which.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the token of a mailed link
         * @description Also accepts invitations. Verifies the address and ends every session of the account.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the account is signed in, newest first */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one session of the account
         * @description It acts within a second everywhere. 404 when it is not a living session of the account.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm an e-mail address with the token of a mailed link */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/verify-email/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail the verification link again */
        post: operations["resendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own bookings, newest first
         * @description With when=upcoming and when=current the soonest check-in comes first. A cursor belongs to the filters that it was answered with.
         */
        get: operations["listBookings"];
        put?: never;
        /**
         * Book a quoted stay
         * @description An instant listing confirms at once; else the host has 24 hours to answer. On 409 the details name the nearest free dates. A repeated Idempotency-Key answers 201 with the booking as it is by now, also when it has expired or was cancelled.
         */
        post: operations["createBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings/{booking_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        /** One booking, for its guest, its host or an admin */
        get: operations["getBooking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings/{booking_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Guest, host or admin cancels */
        post: operations["cancelBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings/{booking_id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        /** What cancelling now would give back */
        get: operations["previewCancellation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings/{booking_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The host takes the request */
        post: operations["confirmBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings/{booking_id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The host refuses the request */
        post: operations["declineBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings/{booking_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        /** Every change of a booking's status, oldest first */
        get: operations["getBookingHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of an error that happened in a browser
         * @description Admins see it at listErrors with the source web. Addresses, ids, numbers, quoted text and the queries of URLs are taken out of message, place and stack before anything is kept; of the calls in a stack, function, script and position stay. Too many at once are dropped without a word.
         */
        post: operations["reportBrowserError"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The host's own listings, newest first */
        get: operations["listMyListings"];
        put?: never;
        /** Start a listing as a draft */
        post: operations["createListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        /**
         * One listing
         * @description Live listings are public, with an approximate point; the owner and admins see every state, the exact address and the review.
         */
        get: operations["getListing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a listing
         * @description Not while it is pending or archived. What guests rely on (title, description, type, capacity, address, point, photos) of a live or paused listing is reviewed first: the change waits as pending_revision and joins the one that waits already, while everyone else sees, finds and books the approved version. Amenities, house rules, times, policy and booking mode apply at once.
         */
        patch: operations["updateListing"];
        trace?: never;
    };
    "/listings/{listing_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retire a listing for good; bookings stand */
        post: operations["archiveListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/availability-rules": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        /** Length-of-stay, notice and horizon rules */
        get: operations["getAvailabilityRules"];
        /** Set the availability rules */
        put: operations["setAvailabilityRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        /** The host's own blocks that have not ended, soonest first */
        get: operations["listBlocks"];
        put?: never;
        /** Close nights */
        post: operations["createBlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/blocks/{block_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                block_id: components["schemas"]["Id"];
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Open the nights of a block */
        delete: operations["deleteBlock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        /**
         * Every day of a period, with its price and whether a stay may start, pass or end there
         * @description At most 731 days. Without dates it is a year from today on the listing's calendar.
         */
        get: operations["getCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a live listing out of search; bookings stand */
        post: operations["pauseListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/photos": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set the photos of a listing, in order
         * @description Of a live or paused listing they are reviewed first; see updateListing.
         */
        put: operations["setListingPhotos"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/price": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        /** The price of a listing */
        get: operations["getPrice"];
        /** Set the price of a listing */
        put: operations["setPrice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Price a stay, line by line
         * @description The token is signed and expires; booking it gets exactly this price or a clear refusal. On 409 the details name the nearest free dates.
         */
        post: operations["createQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a paused listing back into search */
        post: operations["resumeListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/revision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take back the change of a live or paused listing that waits for review */
        delete: operations["withdrawRevision"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a draft or rejected listing in for verification */
        post: operations["submitListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find stays by place, dates, party and filters
         * @description Dates filter inside the same query as everything else. With dates, price_min, price_max and the price sort use the stay's nightly average; without, the base price. A circle (lat, lng, radius_km) or a box (bbox), not both.
         */
        get: operations["searchListings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest places while somebody types
         * @description Cities, regions and countries where somebody can stay, the likeliest first; forgives typing errors, accents and foreign names. Without q those with the most listings. New places appear within a minute.
         */
        get: operations["searchPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/sitemap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every live listing and when it changed last, oldest first, for a sitemap
         * @description Page by page, the next one by meta.page.next.
         */
        get: operations["listSitemap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a presigned photo upload
         * @description PUT the bytes to upload_url with exactly the headers given, once, within its life; then complete the upload. A repeated Idempotency-Key signs the same upload anew; 409 upload_expired when it was given up meanwhile.
         */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        /** One upload, with its sizes once it is ready */
        get: operations["getUpload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{upload_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the bytes are there; processing starts
         * @description Calling it again changes nothing.
         */
        post: operations["completeUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in account */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the signed-in account */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/users/me/host": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the signed-in guest a host
         * @description New tokens carry the role from the next refresh on; the role acts at once. Calling it again changes nothing.
         */
        post: operations["becomeHost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            /** Format: date-time */
            created_at: string;
            email: string;
            email_verified: boolean;
            id: components["schemas"]["Id"];
            name: string;
            role: components["schemas"]["Role"];
            status: components["schemas"]["AccountStatus"];
            /** Format: date-time */
            updated_at: string;
        };
        AccountEnvelope: {
            data: components["schemas"]["Account"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        AccountReasonRequest: {
            reason: string;
        };
        AccountsEnvelope: {
            data: components["schemas"]["Account"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        /** @enum {string} */
        AccountStatus: "active" | "locked";
        Address: {
            city: string;
            /** @description ISO 3166-1 alpha-2. */
            country_code: string;
            /** @description Street and number; shown only to the owner and admins. */
            line?: string;
            /** @description Shown only to the owner and admins. */
            postal_code?: string;
            region?: string;
        };
        /** @enum {string} */
        Amenity: "wifi" | "kitchen" | "washer" | "dryer" | "air_conditioning" | "heating" | "workspace" | "tv" | "hair_dryer" | "iron" | "pool" | "hot_tub" | "free_parking" | "ev_charger" | "cot" | "gym" | "bbq_grill" | "breakfast" | "indoor_fireplace" | "smoking_allowed" | "pets_allowed" | "smoke_alarm" | "carbon_monoxide_alarm" | "first_aid_kit" | "fire_extinguisher" | "balcony" | "terrace" | "garden" | "sea_view" | "mountain_view" | "lake_access" | "beach_access" | "ski_in_out" | "elevator" | "step_free_access" | "wheelchair_accessible" | "dishwasher" | "microwave" | "coffee_maker" | "luggage_dropoff" | "long_term_stays" | "self_check_in" | "bicycle_storage" | "baby_bath" | "high_chair";
        ApproveRequest: {
            /** @description For the audit log. */
            note?: string;
        };
        AuditEntry: {
            action: string;
            actor_id?: components["schemas"]["Id"];
            actor_role: string;
            address?: string;
            /** Format: date-time */
            at: string;
            diff: {
                [key: string]: unknown;
            };
            id: components["schemas"]["Id"];
            request_id: string;
            target_id?: components["schemas"]["Id"];
            target_type: string;
        };
        AuditEnvelope: {
            data: components["schemas"]["AuditEntry"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        AvailabilityRules: {
            advance_notice_days: number;
            horizon_days: number;
            max_nights: number;
            min_nights: number;
        };
        AvailabilityRulesEnvelope: {
            data: components["schemas"]["AvailabilityRules"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        AvailabilityRulesInput: {
            /** @description Days between today at the place and the earliest check-in. */
            advance_notice_days: number;
            /** @description How many days ahead of today a stay may end at the latest. */
            horizon_days: number;
            max_nights: number;
            min_nights: number;
        };
        Block: {
            /** Format: date-time */
            created_at: string;
            end: components["schemas"]["Date"];
            id: components["schemas"]["Id"];
            note: string;
            start: components["schemas"]["Date"];
        };
        BlockEnvelope: {
            data: components["schemas"]["Block"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        BlocksEnvelope: {
            data: components["schemas"]["Block"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        Booking: {
            cancellation_policy: components["schemas"]["CancellationPolicy"];
            check_in: components["schemas"]["Date"];
            check_in_from: components["schemas"]["TimeOfDay"];
            check_out: components["schemas"]["Date"];
            /** @description Short code for people. */
            code: string;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Until when the host can answer a PENDING one.
             */
            expires_at?: string;
            guest: components["schemas"]["Party"];
            guests: number;
            host: components["schemas"]["Party"];
            id: components["schemas"]["Id"];
            lines: components["schemas"]["QuoteLine"][];
            listing: components["schemas"]["BookingListing"];
            message: string;
            nights: number;
            reason: string;
            refund?: components["schemas"]["Money"];
            status: components["schemas"]["BookingStatus"];
            timezone: string;
            total: components["schemas"]["Money"];
            /** Format: date-time */
            updated_at: string;
        };
        BookingChange: {
            actor_id?: components["schemas"]["Id"];
            /** @enum {string} */
            actor_role: "guest" | "host" | "admin" | "system";
            /** Format: date-time */
            at: string;
            from_status?: components["schemas"]["BookingStatus"];
            reason: string;
            to_status: components["schemas"]["BookingStatus"];
        };
        BookingEnvelope: {
            data: components["schemas"]["Booking"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        BookingHistoryEnvelope: {
            data: components["schemas"]["BookingChange"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        BookingListing: {
            /** @description Told once the booking is confirmed, and to the host. */
            address_line?: string;
            city: string;
            country_code: string;
            cover?: components["schemas"]["Cover"];
            id: components["schemas"]["Id"];
            location?: components["schemas"]["Point"];
            postal_code?: string;
            title: string;
        };
        /** @enum {string} */
        BookingMode: "instant" | "request";
        /** @enum {string} */
        BookingPhase: "upcoming" | "current" | "past";
        BookingsEnvelope: {
            data: components["schemas"]["Booking"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        /** @enum {string} */
        BookingStatus: "PENDING" | "CONFIRMED" | "DECLINED" | "EXPIRED" | "CANCELLED_BY_GUEST" | "CANCELLED_BY_HOST" | "CANCELLED_BY_ADMIN" | "CHECKED_IN" | "COMPLETED" | "NO_SHOW" | "AWAITING_PAYMENT";
        /**
         * @description Thrown while rendering, thrown elsewhere, a promise that nobody caught, or a request that failed.
         * @enum {string}
         */
        BrowserErrorKind: "render" | "script" | "promise" | "request";
        BrowserErrorRequest: {
            kind: components["schemas"]["BrowserErrorKind"];
            message: string;
            /** @description The pattern of the route, such as /listings/[id], or the component. */
            place: string;
            /** @description Of the web application. */
            release: string;
            /** @description Of the request to this API that failed, if one did. */
            request_id?: string;
            stack?: string;
        };
        Calendar: {
            currency: string;
            days: components["schemas"]["CalendarDay"][];
            max_nights: number;
            min_nights: number;
            timezone: string;
            today: components["schemas"]["Date"];
        };
        CalendarDay: {
            /** @description A stay of the minimum length may start here. */
            check_in: boolean;
            date: components["schemas"]["Date"];
            /** Format: int64 */
            nightly_minor: number;
            /**
             * @description Of the night that starts on the date. closed: past, inside of the notice or beyond the horizon.
             * @enum {string}
             */
            state: "free" | "booked" | "blocked" | "closed";
        };
        CalendarEnvelope: {
            data: components["schemas"]["Calendar"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        Cancellation: {
            /**
             * Format: date-time
             * @description When the refund will next get smaller.
             */
            changes_at?: string;
            explanation: string;
            refund: components["schemas"]["Money"];
            refund_bps: number;
            total: components["schemas"]["Money"];
        };
        CancellationEnvelope: {
            data: components["schemas"]["Cancellation"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        /** @enum {string} */
        CancellationPolicy: "flexible" | "moderate" | "strict";
        /** @description The listing's first photo, when it has one. The answer that creates a booking leaves it out. */
        Cover: {
            alt_text: string;
            blurhash: string;
            /** @description As WebP in the sizes that a card needs. */
            variants: components["schemas"]["Variant"][];
        };
        CreateBlockRequest: {
            /** @description The first day that is open again. */
            end: components["schemas"]["Date"];
            note?: string;
            start: components["schemas"]["Date"];
        };
        CreateBookingRequest: {
            /** @description To the host. */
            message?: string;
            quote_token: string;
        };
        CreateListingRequest: {
            address: components["schemas"]["Address"];
            amenities?: components["schemas"]["Amenity"][];
            /** Format: double */
            bathrooms: number;
            bedrooms: number;
            beds: number;
            booking_mode?: components["schemas"]["BookingMode"];
            cancellation_policy?: components["schemas"]["CancellationPolicy"];
            check_in_from?: components["schemas"]["TimeOfDay"];
            check_out_until?: components["schemas"]["TimeOfDay"];
            description?: string;
            house_rules?: string;
            location: components["schemas"]["Point"];
            max_guests: number;
            property_type: components["schemas"]["PropertyType"];
            room_type: components["schemas"]["RoomType"];
            title: string;
        };
        CreateUploadRequest: {
            content_type: components["schemas"]["ImageType"];
            /**
             * Format: int64
             * @description Exact size of the file, at most 25 MiB.
             */
            size_bytes: number;
        };
        /** @description ISO 4217. */
        Currency: string;
        CurrencyValue: {
            /**
             * Format: int64
             * @description Totals of the bookings that were confirmed in the period; refunds are not taken off.
             */
            confirmed_minor: number;
            currency: components["schemas"]["Currency"];
        };
        /** Format: date */
        Date: string;
        DeadLetter: {
            attempts: number;
            /** Format: date-time */
            created_at: string;
            error: string;
            event_id: components["schemas"]["Id"];
            /** @description The consumer group that refused the event. */
            group: string;
            id: components["schemas"]["Id"];
            key: string;
            /** Format: date-time */
            occurred_at: string;
            /** @description The event: ids and facts. Lists leave it out. */
            payload?: unknown;
            /** @description Why it was discarded. */
            reason?: string;
            /** @description The request that caused the event. */
            request_id: string;
            /** Format: date-time */
            resolved_at?: string;
            resolved_by?: components["schemas"]["Id"];
            /** @description false: what was kept is not the event, it can only be discarded. */
            retriable: boolean;
            status: components["schemas"]["DeadLetterStatus"];
            topic: string;
            /** @description "unreadable" when the message was no event. */
            type: string;
        };
        DeadLetterEnvelope: {
            data: components["schemas"]["DeadLetter"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        DeadLettersEnvelope: {
            data: components["schemas"]["DeadLetter"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        /** @enum {string} */
        DeadLetterStatus: "open" | "retried" | "discarded";
        DiscardDeadLetterRequest: {
            reason: string;
        };
        Done: {
            /** @description What happened and what comes next. */
            message: string;
        };
        DoneEnvelope: {
            data: components["schemas"]["Done"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        Email: string;
        EmailRequest: {
            email: components["schemas"]["Email"];
        };
        Error: {
            /** @description A constant that programs may switch on. */
            code: string;
            /** @description Extras of this code, such as nearest_dates. */
            details?: {
                [key: string]: unknown;
            };
            field_errors: components["schemas"]["FieldError"][];
            /** @enum {string} */
            kind: "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "stale" | "too_large" | "unsupported" | "unprocessable" | "too_many" | "internal" | "unavailable";
            /** @description A sentence for people. */
            message: string;
            request_id: string;
        };
        ErrorGroup: {
            /** Format: int64 */
            count: number;
            first_release: string;
            /** Format: date-time */
            first_seen: string;
            id: components["schemas"]["Id"];
            /** @description panic or internal; of a browser render, script, promise or request. */
            kind: string;
            /** Format: date-time */
            last_seen: string;
            /** @description Without ids, numbers, addresses and quoted text. */
            message: string;
            /** @description The function where it arose, or what was being done; of a browser, the route or component. */
            place: string;
            /** @description The one that saw it last. */
            release: string;
            /** Format: date-time */
            resolved_at?: string;
            resolved_by?: components["schemas"]["Id"];
            sample: components["schemas"]["ErrorSample"];
            source: components["schemas"]["ErrorGroupSource"];
            status: components["schemas"]["ErrorGroupStatus"];
        };
        ErrorGroupEnvelope: {
            data: components["schemas"]["ErrorGroup"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        ErrorGroupsEnvelope: {
            data: components["schemas"]["ErrorGroup"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        /** @enum {string} */
        ErrorGroupSource: "api" | "worker" | "web";
        /** @enum {string} */
        ErrorGroupStatus: "open" | "resolved";
        ErrorSample: {
            request_id?: string;
            /** @description The pattern of the request, the event, or the job. */
            route: string;
            /** @description Of a panic, and of an error of a browser: functions, files and lines. */
            stack?: string;
            trace_id?: string;
        };
        Facet: {
            counts: {
                count: number;
                value: string;
            }[];
            field: string;
        };
        FailureEnvelope: {
            data: components["schemas"]["Nothing"];
            error: components["schemas"]["Error"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        FieldDiff: {
            /** @description The value that waits. */
            after: unknown;
            /** @description The approved value. */
            before: unknown;
            /** @enum {string} */
            field: "title" | "description" | "property_type" | "room_type" | "max_guests" | "bedrooms" | "beds" | "bathrooms" | "address" | "location" | "photos";
            photos?: components["schemas"]["PhotosDiff"];
        };
        FieldError: {
            field: string;
            message: string;
            rule: string;
        };
        FieldNote: {
            /** @enum {string} */
            field: "title" | "description" | "property_type" | "room_type" | "capacity" | "amenities" | "house_rules" | "address" | "location" | "photos" | "price" | "other";
            note: string;
        };
        HitPrice: {
            /**
             * @description What nightly means.
             * @enum {string}
             */
            label: "base_price" | "stay_average";
            nightly: components["schemas"]["Money"];
            nights?: number;
            total?: components["schemas"]["Money"];
        };
        HitStay: {
            check_in: components["schemas"]["Date"];
            check_out: components["schemas"]["Date"];
            total: components["schemas"]["Money"];
        };
        HostSummary: {
            id: components["schemas"]["Id"];
            name: string;
            /** Format: date-time */
            since: string;
        };
        /** Format: uuid */
        Id: string;
        /** @enum {string} */
        ImageType: "image/jpeg" | "image/png" | "image/webp";
        Listing: {
            address: components["schemas"]["Address"];
            amenities: components["schemas"]["Amenity"][];
            /** Format: double */
            bathrooms: number;
            bedrooms: number;
            beds: number;
            booking_mode: components["schemas"]["BookingMode"];
            cancellation_policy: components["schemas"]["CancellationPolicy"];
            check_in_from: components["schemas"]["TimeOfDay"];
            check_out_until: components["schemas"]["TimeOfDay"];
            /** Format: date-time */
            created_at: string;
            description: string;
            host: components["schemas"]["HostSummary"];
            house_rules: string;
            id: components["schemas"]["Id"];
            location: components["schemas"]["Point"];
            /** @description False: the point is approximate, the exact one is told after booking. */
            location_exact: boolean;
            max_guests: number;
            pending_revision?: components["schemas"]["PendingRevision"];
            photos: components["schemas"]["Photo"][];
            price?: components["schemas"]["Price"];
            property_type: components["schemas"]["PropertyType"];
            review?: components["schemas"]["Review"];
            room_type: components["schemas"]["RoomType"];
            status: components["schemas"]["ListingStatus"];
            /** @description IANA zone of the place. */
            timezone: string;
            title: string;
            /** Format: date-time */
            updated_at: string;
        };
        ListingEnvelope: {
            data: components["schemas"]["Listing"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        ListingsEnvelope: {
            data: components["schemas"]["Listing"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        /** @enum {string} */
        ListingStatus: "draft" | "pending" | "rejected" | "live" | "paused" | "archived";
        LoginRequest: {
            email: components["schemas"]["Email"];
            password: string;
            transport?: components["schemas"]["Transport"];
        };
        Meta: {
            page?: components["schemas"]["Page"];
        };
        Money: {
            currency: components["schemas"]["Currency"];
            /**
             * Format: int64
             * @description Minor units (cents).
             */
            minor: number;
        };
        /** @description Always null. */
        Nothing: Record<string, never> | null;
        Numbers: {
            days: components["schemas"]["NumbersDay"][];
            now: components["schemas"]["NumbersNow"];
            value: components["schemas"]["CurrencyValue"][];
        };
        NumbersDay: {
            /**
             * Format: int64
             * @description By guest, host or admin, confirmed before or not.
             */
            bookings_cancelled: number;
            /** Format: int64 */
            bookings_confirmed: number;
            /**
             * Format: int64
             * @description Made on that day; one that is confirmed at once counts as both.
             */
            bookings_requested: number;
            date: components["schemas"]["Date"];
            /** Format: int64 */
            new_accounts: number;
            /**
             * Format: int64
             * @description Begun by hosts on that day, whatever became of them.
             */
            new_listings: number;
            /**
             * Format: int64
             * @description Of the bookings that were confirmed on that day.
             */
            nights_confirmed: number;
        };
        NumbersEnvelope: {
            data: components["schemas"]["Numbers"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        NumbersNow: {
            /** Format: int64 */
            live_listings: number;
            /** Format: int64 */
            open_dead_letters: number;
            /**
             * Format: int64
             * @description Groups of errors.
             */
            open_errors: number;
            /**
             * Format: int64
             * @description Bookings that wait for their hosts.
             */
            pending_requests: number;
            /**
             * Format: int64
             * @description New listings and changes of approved ones.
             */
            pending_verifications: number;
        };
        Page: {
            limit: number;
            /** @description Cursor of the following page; null on the last. */
            next: string | null;
            /** @description Cursor of the page before; null on the first. */
            prev: string | null;
            /** @description How many there are in all, where it is known. */
            total?: number;
        };
        Party: {
            id: components["schemas"]["Id"];
            name: string;
        };
        /** @description At least 10 characters, at most 72 bytes. */
        Password: string;
        /** @description For the owner and admins. A change that waits for review, or the one that was rejected last; the next change begins anew. */
        PendingRevision: {
            fields: components["schemas"]["RevisionFields"];
            id: components["schemas"]["Id"];
            notes: components["schemas"]["FieldNote"][];
            rejection_reason?: components["schemas"]["RejectionReason"];
            status: components["schemas"]["RevisionStatus"];
            /** Format: date-time */
            submitted_at: string;
        };
        Photo: {
            alt_text: string;
            blurhash: string;
            caption: string;
            height: number;
            upload_id: components["schemas"]["Id"];
            variants: components["schemas"]["Variant"][];
            width: number;
        };
        PhotoInput: {
            alt_text?: string;
            caption?: string;
            upload_id: components["schemas"]["Id"];
        };
        PhotoMove: {
            /** @description The place before, counted from 0. */
            from: number;
            to: number;
            upload_id: components["schemas"]["Id"];
        };
        PhotosDiff: {
            added: components["schemas"]["Id"][];
            /** @description Those whose caption or alternative text is another one. */
            captions: components["schemas"]["Id"][];
            /** @description Those that stand elsewhere among the photos that stay. */
            moved: components["schemas"]["PhotoMove"][];
            removed: components["schemas"]["Id"][];
        };
        Place: {
            /** @description south,west,north,east around all of them, for searchListings. */
            bbox: string;
            /** @description Its English name. */
            country: string;
            country_code: string;
            /** @enum {string} */
            kind: "city" | "region" | "country";
            /** @description How many there are. */
            listings: number;
            location: components["schemas"]["Point"];
            name: string;
            region?: string;
        };
        PlacesEnvelope: {
            data: components["schemas"]["Place"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        Point: {
            /** Format: double */
            lat: number;
            /** Format: double */
            lng: number;
        };
        PresignedUpload: {
            /** Format: date-time */
            expires_at: string;
            /** @description Send exactly these. */
            headers: {
                [key: string]: string;
            };
            /** @enum {string} */
            method: "PUT";
            upload: components["schemas"]["Upload"];
            upload_url: string;
        };
        PresignedUploadEnvelope: {
            data: components["schemas"]["PresignedUpload"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        Price: {
            /** Format: int64 */
            cleaning_minor: number;
            currency: components["schemas"]["Currency"];
            /** Format: int64 */
            extra_guest_minor: number;
            included_guests: number;
            /** Format: int64 */
            nightly_minor: number;
            tax_bps: number;
        };
        PriceEnvelope: {
            data: components["schemas"]["Price"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        PriceInput: {
            /**
             * Format: int64
             * @default 0
             */
            cleaning_minor?: number;
            currency: components["schemas"]["Currency"];
            /**
             * Format: int64
             * @description Per guest beyond the included ones and night.
             * @default 0
             */
            extra_guest_minor?: number;
            /** @default 1 */
            included_guests?: number;
            /** Format: int64 */
            nightly_minor: number;
            /**
             * @description Tax on everything, in hundredths of a per cent.
             * @default 0
             */
            tax_bps?: number;
        };
        /** @enum {string} */
        PropertyType: "apartment" | "house" | "villa" | "cabin" | "loft" | "cottage" | "townhouse" | "studio" | "guesthouse";
        Quote: {
            booking_mode: components["schemas"]["BookingMode"];
            cancellation_policy: components["schemas"]["CancellationPolicy"];
            check_in: components["schemas"]["Date"];
            check_out: components["schemas"]["Date"];
            /** Format: date-time */
            expires_at: string;
            guests: number;
            lines: components["schemas"]["QuoteLine"][];
            listing_id: components["schemas"]["Id"];
            /** Format: int64 */
            nightly_average_minor: number;
            nights: number;
            /** @description Signed; book it before it expires. */
            token: string;
            total: components["schemas"]["Money"];
        };
        QuoteEnvelope: {
            data: components["schemas"]["Quote"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        QuoteLine: {
            /** Format: int64 */
            amount_minor: number;
            /** @enum {string} */
            kind: "nights" | "cleaning" | "extra_guests" | "tax";
            label: string;
            quantity: number;
            /** Format: int64 */
            unit_minor: number;
        };
        QuoteRequest: {
            check_in: components["schemas"]["Date"];
            check_out: components["schemas"]["Date"];
            guests: number;
        };
        ReasonRequest: {
            reason?: string;
        };
        RefreshRequest: {
            refresh_token?: string;
        };
        RegisterRequest: {
            email: components["schemas"]["Email"];
            name: string;
            password: components["schemas"]["Password"];
            /**
             * @default guest
             * @enum {string}
             */
            role?: "guest" | "host";
        };
        /** @enum {string} */
        RejectionReason: "incomplete" | "misleading" | "photos" | "location" | "duplicate" | "prohibited" | "other";
        RejectRequest: {
            notes?: components["schemas"]["FieldNote"][];
            reason: components["schemas"]["RejectionReason"];
        };
        ResetPasswordRequest: {
            password: components["schemas"]["Password"];
            token: string;
        };
        RetriedDeadLetters: {
            /** @description Whether the filter has more of them. */
            more: boolean;
            retried: number;
        };
        RetriedDeadLettersEnvelope: {
            data: components["schemas"]["RetriedDeadLetters"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        RetryDeadLettersRequest: {
            group?: string;
            /** @default 100 */
            limit?: number;
            type?: string;
        };
        /** @description For the owner and admins. */
        Review: {
            /** Format: date-time */
            approved_at?: string;
            notes: components["schemas"]["FieldNote"][];
            rejection_reason?: components["schemas"]["RejectionReason"];
            /** Format: date-time */
            submitted_at?: string;
        };
        /** @description Those that change, as they shall be. */
        RevisionFields: {
            address?: components["schemas"]["Address"];
            /** Format: double */
            bathrooms?: number;
            bedrooms?: number;
            beds?: number;
            description?: string;
            location?: components["schemas"]["Point"];
            max_guests?: number;
            photos?: components["schemas"]["Photo"][];
            property_type?: components["schemas"]["PropertyType"];
            room_type?: components["schemas"]["RoomType"];
            title?: string;
        };
        /** @enum {string} */
        RevisionStatus: "pending" | "rejected";
        /** @enum {string} */
        Role: "guest" | "host" | "support" | "admin";
        /** @enum {string} */
        RoomType: "entire_place" | "private_room" | "shared_room";
        SearchEnvelope: {
            data: components["schemas"]["SearchResult"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        SearchHit: {
            amenities: components["schemas"]["Amenity"][];
            /** Format: double */
            bathrooms: number;
            bedrooms: number;
            beds: number;
            booking_mode: components["schemas"]["BookingMode"];
            city: string;
            country_code: string;
            /** Format: double */
            distance_km?: number;
            id: components["schemas"]["Id"];
            location: components["schemas"]["Point"];
            max_guests: number;
            /** @description At most the first five, each as WebP in the sizes that a card needs; the listing has all. */
            photos: components["schemas"]["Photo"][];
            price: components["schemas"]["HitPrice"];
            property_type: components["schemas"]["PropertyType"];
            region?: string;
            room_type: components["schemas"]["RoomType"];
            /** @description With check_in and check_out, the dates that fit, nearest to the wanted ones first; price.total is that of the first. Without dates it is empty. */
            stays: components["schemas"]["HitStay"][];
            title: string;
        };
        SearchResult: {
            facets: components["schemas"]["Facet"][];
            found: number;
            hits: components["schemas"]["SearchHit"][];
        };
        /**
         * @default relevance
         * @enum {string}
         */
        SearchSort: "relevance" | "price_asc" | "price_desc" | "distance" | "newest";
        Session: {
            /** @description Where it signed in from. */
            address?: string;
            /** Format: date-time */
            created_at: string;
            /** @description Whether it is the session of this request. */
            current: boolean;
            /** Format: date-time */
            expires_at: string;
            id: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description When it signed in or refreshed last.
             */
            last_used_at: string;
            /** @description What the program called itself; empty when it did not. */
            user_agent: string;
        };
        SessionsEnvelope: {
            data: components["schemas"]["Session"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        SetPhotosRequest: {
            photos: components["schemas"]["PhotoInput"][];
        };
        SitemapEntry: {
            id: components["schemas"]["Id"];
            /** Format: date-time */
            updated_at: string;
        };
        SitemapEnvelope: {
            data: components["schemas"]["SitemapEntry"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        /** @description HH:MM on the listing's wall clock. */
        TimeOfDay: string;
        TokenRequest: {
            token: string;
        };
        Tokens: {
            /** @description JWT; left out with cookies. */
            access_token?: string;
            /** @description Seconds until the access token expires. */
            expires_in: number;
            /** @description Seconds until the refresh token expires. */
            refresh_expires_in: number;
            /** @description Left out with cookies. */
            refresh_token?: string;
            /** @enum {string} */
            token_type: "Bearer";
            user: components["schemas"]["User"];
        };
        TokensEnvelope: {
            data: components["schemas"]["Tokens"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        /**
         * @description bearer answers the tokens in the body; cookie sets them as __Host- cookies and leaves them out of the body.
         * @default bearer
         * @enum {string}
         */
        Transport: "bearer" | "cookie";
        UpdateListingRequest: {
            address?: components["schemas"]["Address"];
            amenities?: components["schemas"]["Amenity"][];
            /** Format: double */
            bathrooms?: number;
            bedrooms?: number;
            beds?: number;
            booking_mode?: components["schemas"]["BookingMode"];
            cancellation_policy?: components["schemas"]["CancellationPolicy"];
            check_in_from?: components["schemas"]["TimeOfDay"];
            check_out_until?: components["schemas"]["TimeOfDay"];
            description?: string;
            house_rules?: string;
            location?: components["schemas"]["Point"];
            max_guests?: number;
            property_type?: components["schemas"]["PropertyType"];
            room_type?: components["schemas"]["RoomType"];
            title?: string;
        };
        UpdateMeRequest: {
            name?: string;
        };
        Upload: {
            blurhash?: string;
            content_type: components["schemas"]["ImageType"];
            /** Format: date-time */
            created_at: string;
            failure?: components["schemas"]["UploadFailure"];
            height?: number;
            id: components["schemas"]["Id"];
            /** Format: int64 */
            size_bytes: number;
            /** @enum {string} */
            status: "pending" | "processing" | "ready" | "failed";
            variants: components["schemas"]["Variant"][];
            width?: number;
        };
        UploadEnvelope: {
            data: components["schemas"]["Upload"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        UploadFailure: {
            code: string;
            message: string;
        };
        User: {
            /** Format: date-time */
            created_at: string;
            email: string;
            email_verified: boolean;
            id: components["schemas"]["Id"];
            name: string;
            role: components["schemas"]["Role"];
        };
        UserEnvelope: {
            data: components["schemas"]["User"];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
        Variant: {
            /** Format: int64 */
            bytes: number;
            /** @enum {string} */
            format: "webp" | "jpeg";
            height: number;
            /** @description thumb, small, medium, large */
            name: string;
            url: string;
            width: number;
        };
        Verification: {
            /** @description What a revision changes; empty for a new listing. */
            diff: components["schemas"]["FieldDiff"][];
            /** @description For the If-Match of the decision. */
            etag: string;
            id: components["schemas"]["Id"];
            kind: components["schemas"]["VerificationKind"];
            listing: components["schemas"]["Listing"];
            /** Format: date-time */
            submitted_at: string;
        };
        /** @enum {string} */
        VerificationKind: "listing" | "revision";
        VerificationsEnvelope: {
            data: components["schemas"]["Verification"][];
            error: components["schemas"]["Nothing"];
            meta: components["schemas"]["Meta"];
            success: boolean;
        };
    };
    responses: {
        /** @description Accepted; a mail follows if there is something to say. */
        AcceptedAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DoneEnvelope"];
            };
        };
        /** @description The account. */
        AccountAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccountEnvelope"];
            };
        };
        /** @description The rules. */
        AvailabilityRulesAnswer: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AvailabilityRulesEnvelope"];
            };
        };
        /** @description The booking. */
        BookingAnswer: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BookingEnvelope"];
            };
        };
        /** @description The dead letter. */
        DeadLetterAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DeadLetterEnvelope"];
            };
        };
        /** @description Done. */
        DoneAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DoneEnvelope"];
            };
        };
        /** @description The request failed; error says how. */
        FailureAnswer: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FailureEnvelope"];
            };
        };
        /** @description The listing. */
        ListingAnswer: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ListingEnvelope"];
            };
        };
        /** @description The price. */
        PriceAnswer: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PriceEnvelope"];
            };
        };
        /** @description A page of living sessions. */
        SessionsAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SessionsEnvelope"];
            };
        };
        /** @description What If-None-Match names is still so. */
        Unchanged: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The upload. */
        UploadAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UploadEnvelope"];
            };
        };
        /** @description The account. */
        UserAnswer: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UserEnvelope"];
            };
        };
    };
    parameters: {
        BookingId: components["schemas"]["Id"];
        /** @description meta.page.next or meta.page.prev of the previous answer. */
        Cursor: string;
        DeadLetterId: components["schemas"]["Id"];
        ErrorId: components["schemas"]["Id"];
        /** @description The same key and body do nothing twice: the answer is that of the first request or, of a booking and an upload, the same thing in its present state. The same key with another body is 422; still running is 409. */
        IdempotencyKey: string;
        /** @description The ETag that the edit is based on; 412 when the thing has changed since. */
        IfMatch: string;
        /** @description The ETag that the edit is based on; required once the thing exists. 412 when it has changed since. */
        IfMatchOptional: string;
        Limit: number;
        ListingId: components["schemas"]["Id"];
        SessionId: components["schemas"]["Id"];
        UploadId: components["schemas"]["Id"];
        UserId: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: {
        /** @description The version of the thing. */
        ETag: string;
        /** @description Seconds after which to try again; always with 429 and 503. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAuditLog: {
        parameters: {
            query?: {
                actor_id?: components["schemas"]["Id"];
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                target_id?: components["schemas"]["Id"];
                target_type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    listAllBookings: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                guest_id?: components["schemas"]["Id"];
                host_id?: components["schemas"]["Id"];
                limit?: components["parameters"]["Limit"];
                listing_id?: components["schemas"]["Id"];
                /** @description How the booking's code begins; capitals do not matter. */
                q?: string;
                status?: components["schemas"]["BookingStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of bookings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingsEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                group?: string;
                limit?: components["parameters"]["Limit"];
                status?: components["schemas"]["DeadLetterStatus"];
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters, without their payloads. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLettersEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dead_letter_id: components["parameters"]["DeadLetterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DeadLetterAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    discardDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dead_letter_id: components["parameters"]["DeadLetterId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscardDeadLetterRequest"];
            };
        };
        responses: {
            200: components["responses"]["DeadLetterAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    retryDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dead_letter_id: components["parameters"]["DeadLetterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DeadLetterAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    retryDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryDeadLettersRequest"];
            };
        };
        responses: {
            /** @description How many. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedDeadLettersEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    listErrors: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                source?: components["schemas"]["ErrorGroupSource"];
                status?: components["schemas"]["ErrorGroupStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGroupsEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    getErrorGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                error_id: components["parameters"]["ErrorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGroupEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    resolveErrorGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                error_id: components["parameters"]["ErrorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGroupEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    approveListing: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the edit is based on; 412 when the thing has changed since. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveRequest"];
            };
        };
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    rejectListing: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the edit is based on; 412 when the thing has changed since. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectRequest"];
            };
        };
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    getNumbers: {
        parameters: {
            query?: {
                /** @description How many, with today. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumbersEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                /** @description How the e-mail address or the name begins; capitals do not matter. */
                q?: string;
                role?: components["schemas"]["Role"];
                status?: components["schemas"]["AccountStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of accounts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountsEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["AccountAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    lockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountReasonRequest"];
            };
        };
        responses: {
            200: components["responses"]["AccountAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    listUserSessions: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SessionsAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    revokeUserSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountReasonRequest"];
            };
        };
        responses: {
            200: components["responses"]["AccountAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    unlockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountReasonRequest"];
            };
        };
        responses: {
            200: components["responses"]["AccountAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    listVerifications: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of what waits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationsEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailRequest"];
            };
        };
        responses: {
            202: components["responses"]["AcceptedAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DoneAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    logoutAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DoneAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description New tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            202: components["responses"]["AcceptedAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordRequest"];
            };
        };
        responses: {
            200: components["responses"]["DoneAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SessionsAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DoneAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            200: components["responses"]["DoneAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    resendVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailRequest"];
            };
        };
        responses: {
            202: components["responses"]["AcceptedAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    listBookings: {
        parameters: {
            query?: {
                /** @description guest: stays that you booked (default). host: stays at your listings. */
                as?: "guest" | "host";
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                listing_id?: components["schemas"]["Id"];
                status?: components["schemas"]["BookingStatus"];
                /** @description With stay_to: only stays with a night in this period, which begins with the night of this date. */
                stay_from?: components["schemas"]["Date"];
                /** @description The day after the period's last night: after stay_from, and at most 366 days. */
                stay_to?: components["schemas"]["Date"];
                /** @description By the day that it is at the listing. upcoming: PENDING and AWAITING_PAYMENT with a check-in today or later, CONFIRMED and CHECKED_IN with one after today. current: CONFIRMED and CHECKED_IN from the day of the check-in to that of the check-out, both included. past: all others, so what is over and, whatever its dates, what was declined, cancelled or has expired. Each booking is in exactly one of them. */
                when?: components["schemas"]["BookingPhase"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of bookings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingsEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    createBooking: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body do nothing twice: the answer is that of the first request or, of a booking and an upload, the same thing in its present state. The same key with another body is 422; still running is 409. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBookingRequest"];
            };
        };
        responses: {
            201: components["responses"]["BookingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    getBooking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["BookingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    cancelBooking: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body do nothing twice: the answer is that of the first request or, of a booking and an upload, the same thing in its present state. The same key with another body is 422; still running is 409. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            200: components["responses"]["BookingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    previewCancellation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refund. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancellationEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    confirmBooking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["BookingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    declineBooking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            200: components["responses"]["BookingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    getBookingHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: components["parameters"]["BookingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingHistoryEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    reportBrowserError: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BrowserErrorRequest"];
            };
        };
        responses: {
            /** @description Taken. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    listMyListings: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                status?: components["schemas"]["ListingStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of listings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListingsEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    createListing: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body do nothing twice: the answer is that of the first request or, of a booking and an upload, the same thing in its present state. The same key with another body is 422; still running is 409. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateListingRequest"];
            };
        };
        responses: {
            201: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    getListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ListingAnswer"];
            304: components["responses"]["Unchanged"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    updateListing: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the edit is based on; 412 when the thing has changed since. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateListingRequest"];
            };
        };
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    archiveListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    getAvailabilityRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["AvailabilityRulesAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    setAvailabilityRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the edit is based on; required once the thing exists. 412 when it has changed since. */
                "If-Match"?: components["parameters"]["IfMatchOptional"];
            };
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AvailabilityRulesInput"];
            };
        };
        responses: {
            200: components["responses"]["AvailabilityRulesAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    listBlocks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The blocks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlocksEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    createBlock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body do nothing twice: the answer is that of the first request or, of a booking and an upload, the same thing in its present state. The same key with another body is 422; still running is 409. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBlockRequest"];
            };
        };
        responses: {
            /** @description Closed. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    deleteBlock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                block_id: components["schemas"]["Id"];
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DoneAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    getCalendar: {
        parameters: {
            query?: {
                from?: components["schemas"]["Date"];
                /** @description The day after the last one shown. */
                to?: components["schemas"]["Date"];
            };
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The days. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    pauseListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    setListingPhotos: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the edit is based on; 412 when the thing has changed since. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPhotosRequest"];
            };
        };
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    getPrice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PriceAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    setPrice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the edit is based on; required once the thing exists. 412 when it has changed since. */
                "If-Match"?: components["parameters"]["IfMatchOptional"];
            };
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceInput"];
            };
        };
        responses: {
            200: components["responses"]["PriceAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    createQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuoteRequest"];
            };
        };
        responses: {
            /** @description The price. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuoteEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    resumeListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    withdrawRevision: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the edit is based on; 412 when the thing has changed since. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    submitListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                listing_id: components["parameters"]["ListingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ListingAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    searchListings: {
        parameters: {
            query?: {
                /** @description All of them must be there. */
                amenities?: components["schemas"]["Amenity"][];
                bathrooms_min?: number;
                /** @description south,west,north,east in degrees; west greater than east crosses the antimeridian. */
                bbox?: string;
                bedrooms_min?: number;
                beds_min?: number;
                booking_mode?: components["schemas"]["BookingMode"];
                check_in?: components["schemas"]["Date"];
                check_out?: components["schemas"]["Date"];
                /** @description Only listings priced in this currency; required with a price filter or sort. */
                currency?: string;
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Also stays of the same length that begin up to so many days earlier or later; each hit names those that fit in stays. */
                flexible_days?: number;
                guests?: number;
                lat?: number;
                limit?: components["parameters"]["Limit"];
                lng?: number;
                /** @description Minor units of currency, per night. */
                price_max?: number;
                /** @description Minor units of currency, per night. */
                price_min?: number;
                property_type?: components["schemas"]["PropertyType"][];
                /** @description Free text over title, place and description; forgives typing errors. */
                q?: string;
                radius_km?: number;
                room_type?: components["schemas"]["RoomType"][];
                sort?: components["schemas"]["SearchSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of hits with facets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchEnvelope"];
                };
            };
            304: components["responses"]["Unchanged"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    searchPlaces: {
        parameters: {
            query?: {
                limit?: number;
                /** @description What was typed so far. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Places. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacesEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    listSitemap: {
        parameters: {
            query?: {
                /** @description meta.page.next or meta.page.prev of the previous answer. */
                cursor?: components["parameters"]["Cursor"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of listings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SitemapEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body do nothing twice: the answer is that of the first request or, of a booking and an upload, the same thing in its present state. The same key with another body is 422; still running is 409. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUploadRequest"];
            };
        };
        responses: {
            /** @description Ready for the bytes. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresignedUploadEnvelope"];
                };
            };
            default: components["responses"]["FailureAnswer"];
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["UploadAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    completeUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["UploadAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["UserAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    updateMe: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the edit is based on; 412 when the thing has changed since. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateMeRequest"];
            };
        };
        responses: {
            200: components["responses"]["UserAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
    becomeHost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["UserAnswer"];
            default: components["responses"]["FailureAnswer"];
        };
    };
}
