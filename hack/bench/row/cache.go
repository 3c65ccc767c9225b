package row

// Settings of the API's cache of public answers, name and value by turns; without either it keeps them in Redis and in the
// process, as it does by default.
var (
	uncached  = []string{"RENTORA_CACHE_MODE", "off"}
	redisOnly = []string{"RENTORA_CACHE_MODE", "redis"}
)
