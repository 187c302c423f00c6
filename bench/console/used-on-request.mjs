process.on('message', () => process.send(process.cpuUsage()));
// The channel alone keeps no process alive.
process.channel.unref();
