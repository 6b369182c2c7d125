// Adds the lock entries of platform packages (…-darwin-arm64, …-win32-x64-msvc) that a partial mirror
// left out. Without them `npm ci` refuses the lock file. Run after changing a dependency:
//   node .ci/complete-lockfile.mjs
// Versions come from the parent's exact optionalDependencies, platforms from the package's name.
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'aix',
]
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64']

const added = []
for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`
    const os = SYSTEMS.find((system) => name.includes(`-${system}`))
    if (path === '' || os === undefined || lock.packages[key] !== undefined) continue
    const cpu = PROCESSORS.find((processor) => new RegExp(`-${processor}(-|$)`).test(name))
    const libc = /musl/.test(name)
      ? ['musl']
      : os === 'linux' && /gnu/.test(name)
        ? ['glibc']
        : undefined
    lock.packages[key] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(parent.dev && { dev: true }),
      ...(libc && { libc }),
      optional: true,
      os: [os],
    }
    added.push(`${name}@${version}`)
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
)
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added.length} entries added\n`)
