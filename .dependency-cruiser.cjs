/**
 * The floor plan (ARCHITECTURE.md) as rules: a module uses only those on lower floors, by their doors.
 * Everything that is not in this table is an error.
 */
const floors = [
  ['platform', 'tabular'],
  ['accounts'],
  ['history', 'notices'],
  ['kinds'],
  ['imports', 'exports', 'privacy'],
  ['clients', 'catalogue'],
]

/** Files of a module that others may import besides its contracts: its door (`module/module.ts`) and few others. */
const openFiles = {
  // Platform has no door: everything else imports the file it needs.
  platform: '.*',
  tabular: 'tabular|finding',
  accounts: 'accounts|permissions',
  history: 'history',
  notices: 'notices',
  kinds:
    'kinds|findings|display|parse|contract|values/.*|headers/suggest-columns|templates/.*|declare-fields|people|records/(records|erase|bin-task)',
  imports: 'imports',
  exports: 'exports',
  privacy: 'privacy',
  clients: 'clients',
  catalogue: 'catalogue',
}

const modules = floors.flat()
const floorOf = (module) => floors.findIndex((floor) => floor.includes(module))
const lower = (module) => modules.filter((other) => floorOf(other) < floorOf(module))

const upstairs = modules.map((module) => {
  const allowed = [module, ...lower(module)]
  // Tabular stands beside platform and takes only its refusals from it.
  if (module === 'tabular') allowed.push('platform')
  return {
    name: `floor-plan-${module}`,
    comment: `${module} uses only the floors below it`,
    severity: 'error',
    from: { path: `^src/${module}/`, pathNot: '\\.test\\.ts$' },
    to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
  }
})

const doors = modules
  .filter((module) => module !== 'platform')
  .map((module) => ({
    name: `door-${module}`,
    comment: `${module} is entered by its door`,
    severity: 'error',
    from: { path: '^src/', pathNot: [`^src/${module}/`, '^src/app\\.ts$', '^src/commands/'] },
    to: {
      path: `^src/${module}/`,
      pathNot: [`^src/${module}/(${openFiles[module]})\\.ts$`, '/contract\\.ts$'],
    },
  }))

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(src|web)/', pathNot: '\\.d\\.ts$|^web/public/' },
      to: {},
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'leaves',
      comment: 'routes and tasks are leaves that only app.ts (or the routes of the same module) imports',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app\\.ts$|/routes\\.ts$' },
      to: { path: '/(routes|tasks)\\.ts$' },
    },
    {
      name: 'stores-are-private',
      comment: 'a store is private to its module',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/([^/]+)/.*\\.store\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'browser-sees-contracts-only',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '(^|/)contract\\.ts$|^src/accounts/permissions\\.ts$' },
    },
    {
      name: 'stages-do-not-know-each-other',
      comment: 'only pipeline.ts, tasks.ts and the verbs at the top of imports/ know the order of the stages',
      severity: 'error',
      from: { path: '^src/imports/(read|map|check|approve|load|undo)/' },
      to: {
        path: '^src/imports/(read|check|approve|load|undo)/',
        pathNot: '^src/imports/$1/',
      },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...upstairs,
    ...doors,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
    },
  },
}
