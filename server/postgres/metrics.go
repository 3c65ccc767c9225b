package postgres

import (
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
)

// collector reads the pool's own counters when it is scraped.
type collector struct {
	pool  *pgxpool.Pool
	conns *prometheus.Desc
	most  *prometheus.Desc
	waits *prometheus.Desc
	wait  *prometheus.Desc
}

// NewCollector measures a pool: rentora_db_pool_connections{state}, rentora_db_pool_connections_max,
// rentora_db_pool_waits_total and rentora_db_pool_wait_seconds_total.
func NewCollector(pool *pgxpool.Pool) prometheus.Collector {
	return &collector{
		pool:  pool,
		conns: prometheus.NewDesc("rentora_db_pool_connections", "Connections of the pool, by state.", []string{"state"}, nil),
		most:  prometheus.NewDesc("rentora_db_pool_connections_max", "How many connections the pool may have.", nil, nil),
		waits: prometheus.NewDesc("rentora_db_pool_waits_total", "How often a connection had to be waited for.", nil, nil),
		wait:  prometheus.NewDesc("rentora_db_pool_wait_seconds_total", "How long connections were waited for, in all.", nil, nil),
	}
}

// Describe implements prometheus.Collector.
func (c *collector) Describe(out chan<- *prometheus.Desc) { prometheus.DescribeByCollect(c, out) }

// Collect implements prometheus.Collector.
func (c *collector) Collect(out chan<- prometheus.Metric) {
	s := c.pool.Stat()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(c.conns, float64(s.AcquiredConns()), "busy")
	gauge(c.conns, float64(s.IdleConns()), "idle")
	gauge(c.most, float64(s.MaxConns()))
	out <- prometheus.MustNewConstMetric(c.waits, prometheus.CounterValue, float64(s.EmptyAcquireCount()))
	out <- prometheus.MustNewConstMetric(c.wait, prometheus.CounterValue, s.AcquireDuration().Seconds())
}

// Where a read that may be a moment behind went.
const (
	fromReplica = iota
	fromPrimary
)

// replicaCollector reads a Replica's own counters when it is scraped.
type replicaCollector struct {
	replica *Replica
	age     *prometheus.Desc
	reads   *prometheus.Desc
}

// NewReplicaCollector measures a replica: rentora_db_replica_age_seconds and rentora_db_replica_reads_total{from}.
func NewReplicaCollector(r *Replica) prometheus.Collector {
	return &replicaCollector{
		replica: r,
		age:     prometheus.NewDesc("rentora_db_replica_age_seconds", "How far behind the replica may be.", nil, nil),
		reads:   prometheus.NewDesc("rentora_db_replica_reads_total", "Reads that may be a moment behind, by the server that answered.", []string{"from"}, nil),
	}
}

// Describe implements prometheus.Collector.
func (c *replicaCollector) Describe(out chan<- *prometheus.Desc) { out <- c.age; out <- c.reads }

// Collect implements prometheus.Collector.
func (c *replicaCollector) Collect(out chan<- prometheus.Metric) {
	r := c.replica
	if asOf := time.Duration(r.asOf.Load()); asOf > 0 {
		out <- prometheus.MustNewConstMetric(c.age, prometheus.GaugeValue, (r.now().Sub(r.began) - asOf).Seconds())
	}
	for from, name := range []string{fromReplica: "replica", fromPrimary: "primary"} {
		out <- prometheus.MustNewConstMetric(c.reads, prometheus.CounterValue, float64(r.reads[from].Load()), name)
	}
}
