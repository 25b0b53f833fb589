// What tuf-js would offer. Arguments: node_modules, repository, an empty folder, first root, time, names of targets.
const fs = require('fs');
const path = require('path');
const [modules, repository, state, anchor, now, ...names] = process.argv.slice(2);
const RealDate = Date;
global.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length ? args : [Number(now)]));
  }
  static now() {
    return Number(now);
  }
};
const { Updater, BaseFetcher } = require(path.join(modules, 'tuf-js'));
const { DownloadHTTPError } = require(path.join(modules, 'tuf-js', 'dist', 'error.js'));
class Folder extends BaseFetcher {
  async fetch(url) {
    const file = path.join(repository, decodeURIComponent(new URL(url).pathname));
    if (!fs.existsSync(file)) {
      throw new DownloadHTTPError('missing', 404);
    }
    return fs.createReadStream(file);
  }
}
(async () => {
  for (const name of names) {
    const metadataDir = fs.mkdtempSync(path.join(state, 's'));
    fs.copyFileSync(anchor, path.join(metadataDir, 'root.json'));
    const updater = new Updater({
      metadataDir, metadataBaseUrl: 'http://repository/metadata', fetcher: new Folder(),
    });
    let found;
    try {
      await updater.refresh();
      found = await updater.getTargetInfo(name);
    } catch (e) {
      if (process.env.PEER_SAYS_WHY) console.error(name, e.message);
      found = undefined;
    }
    console.log(JSON.stringify([name, found ? found.hashes.sha256 : '']));
  }
})();
