package identity

import "slices"

// permission says who may call an operation. Ownership is not its business: each room asks that itself.
type permission struct {
	open     bool   // nobody is asked who they are: a token, good or bad, is not looked at
	visitors bool   // a token is not needed, but a bad one is refused
	roles    []Role // who may, signed in
}

var (
	open      = permission{open: true, visitors: true, roles: []Role{Guest, Host, Support, Admin}}
	anyone    = permission{visitors: true, roles: []Role{Guest, Host, Support, Admin}}
	signedIn  = permission{roles: []Role{Guest, Host, Support, Admin}}
	customers = permission{roles: []Role{Guest, Host, Admin}}
	hosts     = permission{roles: []Role{Host, Admin}}
	admins    = permission{roles: []Role{Admin}}
	staff     = permission{roles: []Role{Support, Admin}}
)

// permissions is the one table of who may call what, by the contract's operation ids.
var permissions = map[string]permission{
	"register":           open,
	"verifyEmail":        open,
	"resendVerification": open,
	"login":              open,
	"refresh":            open,
	"forgotPassword":     open,
	"resetPassword":      open,
	"logout":             signedIn,
	"logoutAll":          signedIn,
	"listSessions":       signedIn,
	"endSession":         signedIn,
	"getMe":              signedIn,
	"updateMe":           signedIn,
	"becomeHost":         customers,

	"createUpload":   hosts,
	"getUpload":      hosts,
	"completeUpload": hosts,

	"listMyListings":   hosts,
	"createListing":    hosts,
	"getListing":       anyone,
	"updateListing":    hosts,
	"setListingPhotos": hosts,
	"withdrawRevision": hosts,
	"submitListing":    hosts,
	"pauseListing":     hosts,
	"resumeListing":    hosts,
	"archiveListing":   hosts,
	"getPrice":         anyone,
	"setPrice":         hosts,

	"getAvailabilityRules": anyone,
	"setAvailabilityRules": hosts,
	"getCalendar":          anyone,
	"listBlocks":           hosts,
	"createBlock":          hosts,
	"deleteBlock":          hosts,

	"searchListings": open,
	"searchPlaces":   open,
	"listSitemap":    open,

	"createQuote":         anyone,
	"createBooking":       customers,
	"listBookings":        customers,
	"getBooking":          customers,
	"getBookingHistory":   customers,
	"confirmBooking":      hosts,
	"declineBooking":      hosts,
	"cancelBooking":       customers,
	"previewCancellation": customers,

	"reportBrowserError": open,

	"listVerifications": admins,
	"approveListing":    admins,
	"rejectListing":     admins,
	"listAuditLog":      admins,

	"listAllBookings": admins,

	"listUsers":          admins,
	"getUser":            admins,
	"listUserSessions":   admins,
	"revokeUserSessions": admins,
	"lockUser":           admins,
	"unlockUser":         admins,

	"listDeadLetters":   staff,
	"getDeadLetter":     staff,
	"retryDeadLetter":   admins,
	"retryDeadLetters":  admins,
	"discardDeadLetter": admins,
	"listErrors":        admins,
	"getErrorGroup":     admins,
	"resolveErrorGroup": admins,
	"getNumbers":        staff,
}

// Allowed tells whether a role may call an operation; the empty role is a visitor. What is not on the table nobody may.
func Allowed(operation string, role Role) bool {
	p := permissions[operation]
	if role == "" {
		return p.visitors
	}
	return slices.Contains(p.roles, role)
}

// Open tells whether an operation asks nobody who they are, so that a token which came along is not looked at: a browser
// must be able to sign in with a dead cookie.
func Open(operation string) bool { return permissions[operation].open }
