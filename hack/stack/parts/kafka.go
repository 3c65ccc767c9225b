package parts

import (
	"context"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/kafka"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

func kafkaPart() Part {
	return Part{
		Name: "kafka", Ports: []string{"kafka", "kafka-controller", "kafka-inside"}, External: "RENTORA_STACK_KAFKA_BROKERS",
		Signal: syscall.SIGTERM, Patience: 5 * time.Minute,
		Prepare: func(s Site) error {
			if s.Listen != "" {
				return kafka.Guard(s.folder("kafka"), probe.Local(s.Ports["kafka-inside"]), s.At("kafka"), s.Ports["kafka-controller"])
			}
			return kafka.Configure(s.folder("kafka"), s.At("kafka"), s.Ports["kafka-controller"])
		},
		Command: func(s Site) process.Spec {
			return process.Spec{Path: s.Installed.Java, Dir: s.folder("kafka"), Env: environment(),
				Args: kafka.Arguments(s.folder("kafka"), s.Installed.KafkaJars, s.Installed.KafkaArchive...)}
		},
		Probe: func(ctx context.Context, s Site) error {
			if s.Listen == "" {
				return probe.Kafka(ctx, s.At("kafka"))
			}
			inside := probe.Local(s.Ports["kafka-inside"])
			if err := probe.Kafka(ctx, inside); err != nil {
				return err
			}
			return kafka.Admit(ctx, inside, kafkaUser, s.Secret)
		},
	}
}

// kafkaUser logs in where others reach the broker.
const kafkaUser = "rentora"
