package controllers

import (
	"github.com/rentora/rentora/controllers/access"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/kafka"
	"github.com/rentora/rentora/controllers/migrate"
	"github.com/rentora/rentora/controllers/monitoring"
	"github.com/rentora/rentora/controllers/objects"
	"github.com/rentora/rentora/controllers/postgres"
	"github.com/rentora/rentora/controllers/publish"
	"github.com/rentora/rentora/controllers/redis"
	"github.com/rentora/rentora/controllers/server"
	"github.com/rentora/rentora/controllers/typesense"
	"github.com/rentora/rentora/controllers/web"
	"github.com/rentora/rentora/controllers/workers"
)

// Components gives every part of a platform, each behind those that it comes after.
func Components() []component.Component {
	return []component.Component{
		access.New(),
		postgres.New(), redis.New(), typesense.New(), objects.New(), kafka.New(),
		migrate.New(),
		server.New(), workers.NewJobs(), workers.New(), web.New(),
		publish.New(),
		monitoring.New(),
	}
}
