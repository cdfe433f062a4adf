// PouchDB's own client, told what to do line by line: {call, device, word, ...} in, {call, ...} out.
// node pouch.cjs NODE_MODULES
const modules = require('path').resolve(process.argv[2]);
const load = (name) => { const loaded = require(`${modules}/${name}`); return loaded.default || loaded; };
const PouchDB = ['pouchdb-adapter-memory', 'pouchdb-adapter-http', 'pouchdb-replication']
  .reduce((pouch, name) => pouch.plugin(load(name)), load('pouchdb-core'));

const devices = new Map();
const words = {
  async begin({ device, url }) {
    const here = new PouchDB(`device-${device}`, { adapter: 'memory' });
    const there = new PouchDB(url, { adapter: 'http' });
    await Promise.all([here.info(), there.info()]);
    devices.set(device, { here, there });
  },
  async takes({ device, documents }) {
    await devices.get(device).here.bulkDocs(documents.map(({ id, fields }) => ({ _id: id, ...fields })));
  },
  async push({ device }) {
    const { here, there } = devices.get(device);
    await PouchDB.replicate(here, there);
  },
  async pull({ device }) {
    const { here, there } = devices.get(device);
    await PouchDB.replicate(there, here);
  },
  async held({ device }) {
    return { ids: (await devices.get(device).here.allDocs()).rows.map((row) => row.id) };
  },
};

require('readline').createInterface({ input: process.stdin }).on('line', async (line) => {
  const said = JSON.parse(line);
  let told;
  try { told = await words[said.word](said); } catch (failed) { told = { failed: String(failed.stack || failed) }; }
  process.stdout.write(`${JSON.stringify({ call: said.call, ...told })}\n`);
}).on('close', () => process.exit(0));
