package kafka

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// properties are those of one small node that is broker and controller; a new group's first member does not wait.
const properties = `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:%[2]d
listeners=PLAINTEXT://%[1]s,CONTROLLER://127.0.0.1:%[2]d
advertised.listeners=PLAINTEXT://%[1]s
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=%[3]s
auto.create.topics.enable=false
num.partitions=1
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
num.network.threads=1
num.io.threads=2
background.threads=1
group.coordinator.threads=1
share.coordinator.threads=1
log.cleaner.threads=1
log.cleaner.dedupe.buffer.size=2097152
offsets.load.buffer.size=1048576
log.index.size.max.bytes=1048576
log.retention.hours=48
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=6000
`

const logging = `status=error
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d{ISO8601} %-5p %c{1} %m%n
rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
logger.server.name=kafka.server.KafkaConfig
logger.server.level=error
`

// Configure writes what a start needs into the folder: the configuration and, at the first start, the log's identity. Clients are
// served at the address, host:port; the controller's port is for the broker itself.
// The folder is never a volume's root, because the broker refuses the lost+found of one.
func Configure(folder, address string, controller int) error {
	log := filepath.Join(folder, "log")
	if err := os.MkdirAll(log, 0o755); err != nil {
		return err
	}
	files := map[string]string{
		filepath.Join(folder, "server.properties"): fmt.Sprintf(properties, address, controller, log),
		filepath.Join(folder, "log4j2.properties"): logging,
	}
	identity := filepath.Join(log, "meta.properties")
	if _, err := os.Stat(identity); err != nil {
		files[identity] = "version=1\ncluster.id=rentora-development-x\nnode.id=1\n"
	}
	for path, text := range files {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Arguments are those of the java command that runs the broker out of a configured folder. The extra ones go to the
// virtual machine. The jars must be absolute and in a fixed order, or the class-data archive does not fit.
func Arguments(folder string, jars []string, extra ...string) []string {
	args := append([]string{"-Xmx256m", "-Xms64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"}, extra...)
	return append(args,
		"-Dlog4j2.configurationFile=file:"+filepath.Join(folder, "log4j2.properties"),
		"-cp", strings.Join(jars, ":"), "kafka.Kafka", filepath.Join(folder, "server.properties"))
}
