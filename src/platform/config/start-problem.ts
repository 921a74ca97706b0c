import { inWords, type Label, type LabelParams, type Language } from '#base/label.ts'

/** What keeps the program from running, each with the exit code that scripts can rely on. */
export const startProblems = {
  WRONG_USAGE: { exitCode: 2, label: { zh: '{why}', en: '{why}' } },
  SETTING_INVALID: {
    exitCode: 2,
    label: { zh: '设置 {name} 无效：{why}', en: 'The setting {name} is not valid: {why}' },
  },
  PORT_IN_USE: {
    exitCode: 3,
    label: {
      zh: '{host} 的端口 {port} 已被占用，请用 PORT 指定其他端口。',
      en: 'Port {port} on {host} is already in use; choose another one with PORT.',
    },
  },
  PORT_REFUSED: {
    exitCode: 3,
    label: {
      zh: '无法在 {host}:{port} 上监听（{why}），请检查 HOST 和 PORT。',
      en: 'Cannot listen on {host}:{port} ({why}); check HOST and PORT.',
    },
  },
  FOLDER_UNUSABLE: {
    exitCode: 4,
    label: {
      zh: '数据目录 {folder} 不可写（{why}），请用 DATA_DIR 指定其他目录。',
      en: 'The data folder {folder} cannot be written ({why}); choose another one with DATA_DIR.',
    },
  },
  SECRETS_UNREADABLE: {
    exitCode: 4,
    label: {
      zh: '密钥文件 {file} 无法读取（{why}）：请修复其权限，或取回此文件的副本；没有它，用它封存的内容无法再打开。',
      en: 'The file of secrets {file} cannot be read ({why}): mend its permissions or bring the file back; what was sealed with it cannot be opened without.',
    },
  },
  FOLDER_CLOSED_TO_USER: {
    exitCode: 4,
    label: {
      zh: '以 root 运行时数据库使用用户 {user}，但该用户无法进入 {folder}：请用 DATA_DIR 指定它能进入的目录（如 /var/lib/terrace），或改用普通用户运行。',
      en: 'Started as root, the database runs as the user {user}, who cannot enter {folder}: set DATA_DIR to a folder that user can enter (for example /var/lib/terrace), or start as an ordinary user.',
    },
  },
  DATABASE_NEWER: {
    exitCode: 5,
    label: {
      zh: '数据库来自更新的版本（它已有 {found}，本程序没有）：请使用更新的 Terrace。',
      en: 'The database belongs to a newer version (it has {found}, which this program does not know): use a newer Terrace.',
    },
  },
  MIGRATION_CHANGED: {
    exitCode: 5,
    label: {
      zh: '数据库按另一版的 {name} 建立：请使用建立它的 Terrace，或换一个数据库。',
      en: 'The database was made by another edition of {name}: use the Terrace that made it, or another database.',
    },
  },
  FOLDER_IN_USE: {
    exitCode: 6,
    label: {
      zh: 'Terrace 已在使用数据目录 {folder}（进程 {pid}）：请先停止它，或用 DATA_DIR 指定其他目录。',
      en: 'Terrace is already running on the data folder {folder} (process {pid}): stop it first, or choose another folder with DATA_DIR.',
    },
  },
  DATABASE_UNREACHABLE: {
    exitCode: 7,
    label: { zh: '无法连接数据库：{why}', en: 'The database cannot be reached: {why}' },
  },
  DATABASE_ROLE: {
    exitCode: 7,
    label: {
      zh: '数据库连接没有取得所需的角色（{why}），公司之间的隔离将不起作用：若经过连接池，请让它传递启动参数（options），或让 DATABASE_URL 直连。',
      en: 'The connection to the database does not take its role ({why}), and companies would not be sealed from each other: let a pooler pass start-up options on, or let DATABASE_URL connect directly.',
    },
  },
  DATABASE_BROKEN: {
    exitCode: 7,
    label: {
      zh: '内置数据库无法启动：{why}（日志：{log}）',
      en: 'The embedded database does not start: {why} (log: {log})',
    },
  },
  PLATFORM_UNSERVED: {
    exitCode: 7,
    label: {
      zh: '没有适用于 {platform} 的内置 PostgreSQL：请安装 PostgreSQL 15 或更新版本并设置 DATABASE_URL。',
      en: 'There is no embedded PostgreSQL for {platform}: install PostgreSQL 15 or newer and set DATABASE_URL.',
    },
  },
  BACKUP_FOREIGN: {
    exitCode: 8,
    label: { zh: '这不是 Terrace 的备份文件。', en: 'This is not a backup of Terrace.' },
  },
  BACKUP_TRUNCATED: {
    exitCode: 8,
    label: {
      zh: '备份文件不完整：在 {member} 处中断。没有恢复任何内容。',
      en: 'The backup is cut off: it ends at {member}. Nothing was restored.',
    },
  },
  BACKUP_ALTERED: {
    exitCode: 8,
    label: {
      zh: '备份文件已损坏：{member} 与写入时不同。没有恢复任何内容。',
      en: 'The backup is damaged: {member} is not as it was written. Nothing was restored.',
    },
  },
  BACKUP_INCOMPLETE: {
    exitCode: 8,
    label: {
      zh: '备份文件已损坏：缺少 {member}。没有恢复任何内容。',
      en: 'The backup is damaged: {member} is missing. Nothing was restored.',
    },
  },
  BACKUP_NEWER: {
    exitCode: 5,
    label: {
      zh: '备份来自更新的版本（{found}，本程序没有）：请使用更新的 Terrace。',
      en: 'The backup comes from a newer version ({found}, which this program does not know): use a newer Terrace.',
    },
  },
  BACKUP_EXISTS: {
    exitCode: 4,
    label: { zh: '{file} 已存在，请换一个名称。', en: '{file} is there already; choose another name.' },
  },
  BACKUP_UNWRITABLE: {
    exitCode: 4,
    label: { zh: '无法写入 {file}（{why}）。', en: '{file} cannot be written ({why}).' },
  },
  BACKUP_RUNNING: {
    exitCode: 1,
    label: { zh: '另一个备份正在进行。', en: 'Another backup is under way.' },
  },
  DATABASE_NOT_EMPTY: {
    exitCode: 9,
    label: {
      zh: '只能恢复到空数据库，而这个数据库已有 {what}：请换一个 DATA_DIR 或 DATABASE_URL。',
      en: 'A backup is restored into an empty database only, and this one has {what}: choose another DATA_DIR or DATABASE_URL.',
    },
  },
  DATABASE_IN_USE: {
    exitCode: 9,
    label: {
      zh: '数据库正被其他程序使用（{count} 个连接）：请先停止它们。',
      en: 'Other programs are connected to the database ({count} connections): stop them first.',
    },
  },
} as const satisfies Record<string, { readonly exitCode: number; readonly label: Label }>

export type StartProblemCode = keyof typeof startProblems

/** "The program cannot run like this": one line for the person at the console and an exit code for scripts. */
export class StartProblem extends Error {
  readonly code: StartProblemCode
  readonly exitCode: number
  readonly params: LabelParams

  constructor(code: StartProblemCode, params: LabelParams = {}) {
    const { exitCode, label } = startProblems[code]
    super(inWords(label, 'en', params))
    this.code = code
    this.exitCode = exitCode
    this.params = params
  }
}

/** The problem as one line. */
export function problemLine(problem: StartProblem, language: Language): string {
  return inWords(startProblems[problem.code].label, language, problem.params).replace(/\s*\n\s*/g, ' ')
}
