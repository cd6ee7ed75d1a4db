// SPDX-License-Identifier: Apache-2.0
const mqtt = require('mqtt');
const [url, cafile] = process.argv.slice(2);
const ca = cafile ? require('fs').readFileSync(cafile) : undefined;
let left = 4;
function check(protocolVersion, protocolId) {
  const client = mqtt.connect(url, { protocolVersion, protocolId, ca, clientId: 'node' + protocolVersion, reconnectPeriod: 0 });
  const topic = 'node/' + protocolVersion;
  let got = '';
  client.on('error', e => { console.log('error', e.message); process.exit(1); });
  client.on('message', (t, payload) => {
    got += payload.toString();
    if (got === '0123456789') client.end(false, () => { if (--left === 1) { console.log('all is well'); process.exit(0); } });
  });
  client.on('connect', () => client.subscribe(topic, { qos: 2 }, () => {
    for (let i = 0; i < 10; i++) client.publish(topic, String(i), { qos: 2 });
  }));
}
check(5, 'MQTT');
check(4, 'MQTT');
check(3, 'MQIsdp');
setTimeout(() => { console.log('too late'); process.exit(1); }, 15000);
