package row

// Settings that switch the API's cache of public pages off, wholly or to the part in Redis.
var (
	uncached  []string
	redisOnly []string
)
