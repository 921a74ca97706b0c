import { defineErrors } from '#base/errors.ts'

/** Why a file or an import as a whole cannot be served. Faults of single rows are in `engine/transfer/faults.ts`. */
export const transferErrors = defineErrors({
  FILE_MISSING: { status: 400, label: { zh: '没有收到文件', en: 'No file arrived' } },
  FILE_EMPTY: { status: 400, label: { zh: '文件是空的', en: 'The file is empty' } },
  FILE_TOO_LARGE: { status: 413, label: { zh: '文件超过 {limit} MB', en: 'The file is larger than {limit} MB' } },
  FILE_NOT_FOUND: { status: 404, label: { zh: '找不到文件“{name}”', en: 'The file “{name}” is not there' } },
  FILE_NOT_KEPT: {
    status: 410,
    label: {
      zh: '文件已过保留期并删除；导入的结果仍在',
      en: 'The file is no longer kept; what the import did is still shown',
    },
  },
  FILE_IS_XLS: {
    status: 400,
    label: {
      zh: '这是旧版 Excel 文件（.xls），请在 Excel 中另存为 .xlsx 或 CSV 后再上传',
      en: 'This is an old Excel file (.xls); save it as .xlsx or CSV in Excel and try again',
    },
  },
  FILE_IS_XLSB: {
    status: 400,
    label: {
      zh: '这是二进制 Excel 文件（.xlsb），请另存为 .xlsx 或 CSV 后再上传',
      en: 'This is a binary Excel file (.xlsb); save it as .xlsx or CSV and try again',
    },
  },
  FILE_IS_ODS: {
    status: 400,
    label: {
      zh: '这是 OpenDocument 表格（.ods），请另存为 .xlsx 或 CSV 后再上传',
      en: 'This is an OpenDocument sheet (.ods); save it as .xlsx or CSV and try again',
    },
  },
  FILE_IS_LOCKED: {
    status: 400,
    label: {
      zh: '文件有密码保护，请去掉密码后再上传',
      en: 'The file is protected by a password; remove it and try again',
    },
  },
  FILE_IS_OTHER: {
    status: 400,
    label: {
      zh: '无法识别的文件，请使用 CSV、XLSX 或 JSON Lines',
      en: 'This kind of file is not read; use CSV, XLSX or JSON Lines',
    },
  },
  FILE_IS_JSON_ARRAY: {
    status: 400,
    label: {
      zh: '这是一个 JSON 数组；请改为 JSON Lines（每行一个对象）、CSV 或 XLSX',
      en: 'This is a JSON array; write JSON Lines (one object a line), CSV or XLSX instead',
    },
  },
  FILE_BROKEN: {
    status: 400,
    label: { zh: '文件已损坏，无法读取', en: 'The file is damaged and cannot be read' },
  },
  FILE_UNFOLDS_TOO_LARGE: {
    status: 400,
    label: { zh: '文件解压后过大，拒绝读取', en: 'The file unfolds to far more than its size and was refused' },
  },
  QUOTES_NOT_CLOSED: {
    status: 400,
    label: { zh: '第 {line} 行的引号没有闭合', en: 'The quotation mark of line {line} is never closed' },
  },
  CELL_TOO_LARGE: {
    status: 400,
    label: { zh: '第 {line} 行附近的内容过长', en: 'A row near line {line} is too long' },
  },
  HEADER_MISSING: { status: 400, label: { zh: '文件里没有表头', en: 'The file has no header row' } },
  TOO_MANY_COLUMNS: { status: 400, label: { zh: '超过 {limit} 列', en: 'There are more than {limit} columns' } },
  SHEET_NOT_FOUND: { status: 400, label: { zh: '没有名为“{name}”的工作表', en: 'There is no worksheet “{name}”' } },
  MAPPING_INVALID: { status: 400, label: { zh: '导入说明有误', en: 'The description of the import is not valid' } },
  TARGET_UNKNOWN: { status: 404, label: { zh: '不能导入“{object}”', en: '“{object}” cannot be imported' } },
  IMPORT_NOT_FOUND: { status: 404, label: { zh: '找不到这次导入', en: 'This import is not there' } },
  IMPORT_NOT_UNDOABLE: {
    status: 409,
    label: {
      zh: '这次导入不能撤销：没有写入记录、尚未结束，或结束已超过 {days} 天',
      en: 'This import cannot be undone: it wrote no records, has not ended, or ended more than {days} days ago',
    },
  },
  IMPORT_NOT_RUNNING: { status: 409, label: { zh: '导入已经结束', en: 'The import has ended already' } },
  IMPORT_RUNNING: { status: 409, label: { zh: '导入还没有结束', en: 'The import has not ended yet' } },
  MAPPING_NOT_FOUND: { status: 404, label: { zh: '找不到这份导入说明', en: 'This description is not there' } },
  NOT_ALLOWED: { status: 403, label: { zh: '您没有导入“{object}”的权限', en: 'You may not import “{object}”' } },
})
