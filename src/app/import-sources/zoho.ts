import type { ReadyMapping } from '#engine/transfer/ready-mapping.ts'

const source = { zh: 'Zoho CRM', en: 'Zoho CRM' }

const stages = {
  Qualification: 'Prospecting',
  'Needs Analysis': 'Qualified',
  'Value Proposition': 'Qualified',
  'Identify Decision Makers': 'Qualified',
  'Id. Decision Makers': 'Qualified',
  'Perception Analysis': 'Qualified',
  'Proposal/Price Quote': 'Proposal',
  'Negotiation/Review': 'Negotiation',
  'Closed Won': 'Won',
  'Closed Lost': 'Lost',
  'Closed-Lost to Competition': 'Lost',
  'Closed Lost to Competition': 'Lost',
  资格审查: 'Prospecting',
  需求分析: 'Qualified',
  价值主张: 'Qualified',
  确定决策者: 'Qualified',
  '提案/报价': 'Proposal',
  '谈判/审核': 'Negotiation',
  成功结束: 'Won',
  丢失结束: 'Lost',
}

const priorities = { Highest: 'high', High: 'high', Normal: 'normal', Low: 'low', Lowest: 'low', 最高: 'high', 最低: 'low' } // prettier-ignore

const statuses = {
  'Not Started': 'open',
  Deferred: 'open',
  'In Progress': 'open',
  'Waiting for input': 'open',
  'Waiting on someone else': 'open',
  Completed: 'done',
  未启动: 'open',
  推迟: 'open',
  进行中: 'open',
  等待输入: 'open',
  已完成: 'done',
}

/** The CSV exports of Zoho CRM, one per module, with their English and Chinese headers. */
export const zoho: readonly ReadyMapping[] = [
  {
    source,
    kind: { zh: '客户（Accounts）', en: 'Accounts' },
    object: 'account',
    marks: [
      ['Account Owner', '客户所有者'],
      ['Account Name', '客户名称'],
    ],
    columns: {
      name: ['Account Name', '客户名称'],
      code: ['Record Id', 'Account Id', '记录 ID', 'Account Number', '客户编号'],
      industry: ['Industry', '行业'],
      province: ['Billing State', '开单省份', '账单地址 - 省', 'Billing Country'],
      city: ['Billing City', '开单城市', '账单地址 - 市'],
      phone: ['Phone', '电话'],
      website: ['Website', '网站'],
      employees: ['Employees', '员工数', '员工'],
      annualRevenue: ['Annual Revenue', '年收入'],
      parent: ['Parent Account', '上级客户'],
      ownerId: ['Account Owner', '客户所有者'],
      note: ['Description', '描述'],
    },
    keys: ['code', 'name'],
  },
  {
    source,
    kind: { zh: '联系人（Contacts）', en: 'Contacts' },
    object: 'contact',
    marks: [
      ['Contact Owner', '联系人所有者'],
      ['Last Name', '姓'],
    ],
    columns: {
      name: ['Full Name', '姓名'],
      account: ['Account Name', '客户名称'],
      title: ['Title', '职务'],
      phone: ['Mobile', '手机', 'Phone', '电话'],
      email: ['Email', '电子邮件', '邮箱'],
      ownerId: ['Contact Owner', '联系人所有者'],
      note: ['Description', '描述'],
    },
    templates: { name: ['{First Name} {Last Name}', '{姓}{名}'] },
    keys: [],
  },
  {
    source,
    kind: { zh: '商机（Deals）', en: 'Deals' },
    object: 'opportunity',
    marks: [
      ['Deal Owner', 'Potential Owner', '商机所有者'],
      ['Deal Name', 'Potential Name', '商机名称'],
    ],
    columns: {
      name: ['Deal Name', 'Potential Name', '商机名称'],
      code: ['Record Id', 'Deal Id', 'Potential Id', '记录 ID'],
      account: ['Account Name', '客户名称'],
      stage: ['Stage', '阶段'],
      amount: ['Amount', '金额'],
      currency: ['Currency', '币种'],
      expectedOn: ['Closing Date', '结束日期'],
      closedOn: ['Closing Date', '结束日期'],
      lostReason: ['Reason For Loss', '丢单原因'],
      ownerId: ['Deal Owner', 'Potential Owner', '商机所有者'],
      note: ['Description', '描述'],
    },
    values: { stage: stages },
    keys: ['code', 'name'],
  },
  {
    source,
    kind: { zh: '产品（Products）', en: 'Products' },
    object: 'product',
    marks: [
      ['Product Owner', '产品所有者'],
      ['Product Name', '产品名称'],
    ],
    columns: {
      name: ['Product Name', '产品名称'],
      code: ['Product Code', '产品编码', '产品代码'],
      series: ['Product Category', '产品类别'],
      listPrice: ['Unit Price', '单价'],
      active: ['Product Active', '产品有效', '是否有效'],
    },
    keys: ['code', 'name'],
  },
  {
    source,
    kind: { zh: '任务（Tasks）', en: 'Tasks' },
    object: 'task',
    marks: [
      ['Task Owner', '任务所有者'],
      ['Subject', '主题'],
    ],
    columns: {
      subject: ['Subject', '主题'],
      dueOn: ['Due Date', '到期日', '截止日期'],
      priority: ['Priority', '优先级'],
      status: ['Status', '状态'],
      ownerId: ['Task Owner', '任务所有者'],
      note: ['Description', '描述'],
    },
    values: { priority: priorities, status: statuses },
    keys: [],
  },
]
