import ExcelJS from 'exceljs'

/** What another company's Zoho CRM writes, a file per module; its headers as documented, its rows made up. */
export const zohoExport: Readonly<Record<string, string>> = {
  'Accounts.csv': `Record Id,Account Owner.id,Account Owner,Rating,Account Name,Phone,Account Site,Parent Account,Website,Account Number,Account Type,Industry,Employees,Annual Revenue,Billing Street,Billing City,Billing State,Billing Code,Billing Country,Description,Created Time
zcrm_4150868000000225001,zcrm_4150868000000111001,甲,Active,Harbour Pumps Ltd,+86 21 5555 0101,HQ,,https://harbour-pumps.example,,Customer,Manufacturing,240,12500000,8 Dock Road,Shanghai,Shanghai,200000,China,"Buys every spring,
asks for a visit first",2024-03-01 09:12:33
zcrm_4150868000000225002,zcrm_4150868000000111002,乙,,Harbour Pumps Service,+86 21 5555 0102,,Harbour Pumps Ltd,,,Customer,Services,35,900000,,Suzhou,Jiangsu,,China,,2024-03-02 10:00:00
`,
  'Contacts.csv': `Record Id,Contact Owner,Lead Source,First Name,Last Name,Account Name,Title,Email,Department,Phone,Mobile,Description
zcrm_4150868000000226001,甲,Trade Show,Lin,Wei,Harbour Pumps Ltd,Purchasing Manager,lin.wei@harbour-pumps.example,Purchasing,+86 21 5555 0110,13800138000,
zcrm_4150868000000226002,乙,,,Zhou,Harbour Pumps Service,,,,,,Prefers WeChat
`,
  'Deals.csv': `Record Id,Deal Owner,Amount,Deal Name,Closing Date,Account Name,Stage,Type,Probability (%),Expected Revenue,Next Step,Lead Source,Contact Name,Reason For Loss,Description,Created Time
zcrm_4150868000000227001,甲,125000.50,Spring order 2026,2026-03-31,Harbour Pumps Ltd,Closed Won,Existing Business,100,125000.50,,,Lin Wei,,,2026-01-04 08:00:00
zcrm_4150868000000227002,甲,80000,Pump upgrade,2026-09-30,Harbour Pumps Ltd,Negotiation/Review,New Business,90,72000,Send contract,,Lin Wei,,,2026-02-01 08:00:00
zcrm_4150868000000227003,乙,15000,Service plan,2026-02-15,Harbour Pumps Service,Closed Lost,New Business,0,0,,,,Price,,2026-01-10 08:00:00
zcrm_4150868000000227004,乙,5000,Spare parts,2026-08-01,Harbour Pumps Service,Needs Analysis,,20,1000,,,,,,2026-05-10 08:00:00
`,
  'Products.csv': `Record Id,Product Owner,Product Name,Product Code,Vendor Name,Product Active,Manufacturer,Product Category,Unit Price,Qty in Stock,Description
zcrm_4150868000000228001,甲,Pump P100,P100,,true,,Hardware,4800,12,
zcrm_4150868000000228002,甲,Pump P50 (old),P50,,false,,Hardware,2900,0,
`,
  'Tasks.csv': `Record Id,Task Owner,Subject,Due Date,Contact Name,Related To,Status,Priority,Description
zcrm_4150868000000229001,甲,Call about the upgrade,2026-06-20,Lin Wei,Pump upgrade,Not Started,High,
zcrm_4150868000000229002,乙,Send service plan,2026-01-20,,Service plan,Completed,Normal,
`,
}

const hint = '（必填）'

const fxiaokeSheets: Readonly<Record<string, readonly (readonly (string | number | Date)[])[]>> = {
  客户: [
    [`客户名称${hint}`, '客户编号', '客户级别（单选）', '客户来源（单选）', '成交状态', '1级行业', '省', '市', '详细地址', '电话', '网址', '备注', `负责人${hint}`, '负责人主属部门', '创建时间'],
    ['海港泵业有限公司', 'C-0001', '重要客户', '展会', '已成交', '装备制造', '上海市', '上海市', '码头路 8 号', '021-55550101', '', '每年春季采购', '甲', '东一队', new Date(Date.UTC(2024, 2, 1))],
    ['江南阀门厂', 'C-0002', '普通客户', '转介绍', '未成交', '装备制造', '江苏省', '苏州市', '', '0512-55550102', '', '', '乙', '东一队', new Date(Date.UTC(2024, 5, 18))],
  ],
  联系人: [
    [`姓名${hint}`, `客户名称${hint}`, '部门', '职务', '手机1', '邮件', '微信', `负责人${hint}`],
    ['林伟', '海港泵业有限公司', '采购部', '采购经理', '13800138000', 'lin.wei@haigang.example', 'linwei', '甲'],
    ['周敏', '江南阀门厂', '', '厂长', '13900139000', '', '', '乙'],
  ],
  商机: [
    [`商机名称${hint}`, '商机编号', `客户名称${hint}`, '销售流程', `商机阶段${hint}`, '商机金额（元）', '预计成交日期', '输单原因', `负责人${hint}`],
    ['2026 春季采购', 'O-0001', '海港泵业有限公司', '标准流程', '赢单', '¥125,000.50', new Date(Date.UTC(2026, 2, 31)), '', '甲'],
    ['泵站升级', 'O-0002', '海港泵业有限公司', '标准流程', '谈判审核', '8万', '2026年9月30日', '', '甲'],
    ['阀门试用', 'O-0003', '江南阀门厂', '标准流程', '输单', 15000, '2026/2/15', '价格', '乙'],
    ['备件', 'O-0004', '江南阀门厂', '标准流程', '验证客户', 5000, '2026-08-01', '', '乙'],
  ],
  销售订单: [
    [`销售订单编号${hint}`, `客户名称${hint}`, '商机名称', `下单日期${hint}`, `销售订单金额（元）${hint}`, '生命状态', '收货人', `负责人${hint}`],
    ['SO-20260401-01', '海港泵业有限公司', '2026 春季采购', new Date(Date.UTC(2026, 3, 1)), 125000.5, '正常', '林伟', '甲'],
  ],
  回款: [
    ['回款编号', `客户名称${hint}`, `销售订单编号${hint}`, `本次回款金额（元）${hint}`, `回款日期${hint}`, '回款方式', `负责人${hint}`],
    ['P-0001', '海港泵业有限公司', 'SO-20260401-01', 50000, new Date(Date.UTC(2026, 3, 20)), '银行转账', '甲'],
    ['P-0002', '海港泵业有限公司', 'SO-20260401-01', '7.5万', '2026.5.20', '银行转账', '甲'],
  ],
} // prettier-ignore

/**
 * What another company's 纷享销客 writes: a workbook with a sheet per object, hints in its headers. Its records belong to
 * 甲 and 乙, or to people called otherwise.
 */
export async function fxiaokeExport(people: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  for (const [name, rows] of Object.entries(fxiaokeSheets)) {
    const sheet = book.addWorksheet(name)
    for (const row of rows) {
      sheet.addRow(row.map((cell) => people[String(cell)] ?? cell)).eachCell((cell) => {
        if (cell.value instanceof Date) cell.numFmt = 'yyyy-mm-dd'
      })
    }
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}
