// An instance that eureka-js-client registers: node client.js PORT APP [AMAZON-ID]. It prints a line for each thing that
// happens, and "sees A,B" when the applications that it sees change; it leaves when its standard input ends.
'use strict';

const { Eureka } = require('eureka-js-client');

const [port, app, amazonId] = process.argv.slice(2);
const data = amazonId
  ? { '@class': 'com.netflix.appinfo.AmazonInfo', name: 'Amazon', metadata: { 'instance-id': amazonId } }
  : { '@class': 'com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo', name: 'MyOwn' };
const client = new Eureka({
  shouldUseDelta: true,
  eureka: {
    host: '127.0.0.1',
    port: Number(port),
    servicePath: '/eureka/apps/',
    heartbeatInterval: 200,
    registryFetchInterval: 200,
    fetchMetadata: false,
  },
  instance: {
    app,
    hostName: 'localhost',
    ipAddr: '127.0.0.1',
    port: { $: 8080, '@enabled': true },
    vipAddress: app.toLowerCase(),
    dataCenterInfo: data,
  },
  logger: { debug() {}, info() {}, warn: console.error, error: console.error },
});

let seen = '';
function look() {
  const sees = Object.keys(client.cache.app).filter((name) => client.cache.app[name].length > 0).sort().join(',');
  if (sees !== seen) {
    console.log(`sees ${sees}`);
    seen = sees;
  }
}

for (const event of ['registered', 'heartbeat', 'deregistered']) {
  client.on(event, () => console.log(event));
}
client.start((failure) => {
  if (failure) throw failure;
  setInterval(look, 50);
});
process.stdin.on('end', () => client.stop((failure) => process.exit(failure ? 1 : 0))).resume();
