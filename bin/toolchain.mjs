// Runs on any Node from 20 on: finds what is missing, installs it, and finds the project's own Node 24.
// Plain JavaScript on purpose: this is the one file that an old Node must be able to read.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The oldest Node that runs the sources as they are (type stripping without a flag, node:sqlite). */
const oldestMajor = 24;

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const fitsThisMachine = (entry) =>
  (!entry.os || entry.os.includes(process.platform)) && (!entry.cpu || entry.cpu.includes(process.arch));

/** Names of locked packages that are not installed at the locked version. */
const missingPackages = ({ dev }) => {
  const locked = readJson(join(root, 'package-lock.json')).packages;
  return Object.entries(locked)
    .filter(([path, entry]) => {
      if (path === '' || entry.link) return false;
      if (entry.dev || entry.devOptional) if (!dev) return false;
      // What names no platform may belong to another platform's package alone, and then npm leaves it out.
      if (entry.optional || entry.devOptional) if (!entry.os || !fitsThisMachine(entry) || entry.libc) return false;
      const manifest = join(root, path, 'package.json');
      return !existsSync(manifest) || readJson(manifest).version !== entry.version;
    })
    .map(([path, entry]) => `${path.replace(/^.*node_modules\//, '')}@${entry.version}`);
};

/** Installs exactly what the lock file says; ends the process with npm's status when that fails. */
const install = ({ dev }) => {
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(dev ? [] : ['--omit=dev'])];
  const npm = process.env.npm_execpath;
  const run = npm
    ? spawnSync(process.execPath, [npm, ...words], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (run.status !== 0) {
    console.error('HTQ Toolkit: npm could not install the packages (see above). Nothing was started.');
    process.exit(run.status ?? 1);
  }
};

export const ensureInstalled = ({ dev }) => {
  const missing = missingPackages({ dev });
  if (missing.length === 0) return;
  console.error(
    `HTQ Toolkit: installing ${missing.length} ${missing.length === 1 ? 'package' : 'packages'} from npm (once; about a minute) …`,
  );
  install({ dev });
};

/** Path of a Node that can run the sources: the project's own from npm, else this one when it is new enough. */
const projectNode = () => {
  const folder = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const own = join(root, 'node_modules', folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= oldestMajor) return process.execPath;
  console.error(
    `HTQ Toolkit: npm has no Node ${oldestMajor} for ${process.platform} ${process.arch}, and this is Node ${process.versions.node}. Install Node ${oldestMajor} or later and run the command again.`,
  );
  process.exit(1);
};

/** node:sqlite, which holds the store's lock, still announces itself as experimental in Node 24. */
const nodeFlags = ['--disable-warning=ExperimentalWarning'];

/** Hands this process over to the project's Node: its input, output, signals and exit status. */
export const handOver = (words, options = {}) => {
  const child = spawn(projectNode(), [...nodeFlags, ...words], { stdio: 'inherit', ...options });
  // A terminal sends Ctrl-C to the whole group, so the child may have it already; hearing it twice does no harm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm, told to end, does not tell us: a server whose npm has gone would hold its port and store for ever.
  if (process.env.npm_lifecycle_event === 'start') {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, 1000).unref();
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
};
