import type { ReadyMapping } from '#engine/transfer/ready-mapping.ts'

const source = { zh: '纷享销客', en: 'Fxiaoke (纷享销客)' }

const stages = {
  验证客户: '初步接洽',
  需求确定: '需求确认',
  '方案/报价': '方案报价',
  谈判审核: '商务谈判',
  无效: '输单',
}

const orderStatuses = { 正常: 'confirmed', 已确认: 'confirmed', 未生效: 'draft', 审核中: 'draft', 变更中: 'confirmed', 作废: 'cancelled' } // prettier-ignore

const shelf = { 已上架: '是', 上架: '是', 已下架: '否', 下架: '否' }

/** The XLSX exports and templates of 纷享销客, whose headers carry hints such as 负责人（必填）. */
export const fxiaoke: readonly ReadyMapping[] = [
  {
    source,
    kind: { zh: '客户', en: 'Accounts (客户)' },
    object: 'account',
    marks: [['客户名称'], ['客户级别', '成交状态', '1级行业'], ['负责人']],
    columns: {
      name: ['客户名称'],
      code: ['客户编号', '客户编码'],
      industry: ['1级行业', '一级行业', '行业'],
      province: ['省', '省份'],
      city: ['市', '城市'],
      phone: ['电话', '联系电话'],
      website: ['网址', '网站'],
      employees: ['人员规模', '员工人数'],
      annualRevenue: ['年营业额', '年销售额'],
      parent: ['上级客户'],
      ownerId: ['负责人'],
      note: ['备注'],
    },
    keys: ['code', 'name'],
  },
  {
    source,
    kind: { zh: '联系人', en: 'Contacts (联系人)' },
    object: 'contact',
    // The numbered telephones tell the file from any list of contacts.
    marks: [['姓名'], ['客户名称', '所属客户'], ['手机1', '电话1'], ['负责人']],
    columns: {
      name: ['姓名', '联系人姓名'],
      account: ['客户名称', '所属客户'],
      title: ['职务', '职位'],
      phone: ['手机1', '手机', '电话1', '电话'],
      email: ['邮件', '邮箱'],
      wechat: ['微信', '微信号'],
      ownerId: ['负责人'],
      note: ['备注'],
    },
    keys: [],
  },
  {
    source,
    kind: { zh: '商机', en: 'Opportunities (商机)' },
    object: 'opportunity',
    marks: [['商机名称'], ['客户名称'], ['商机阶段', '销售阶段', '阶段'], ['负责人']],
    columns: {
      name: ['商机名称'],
      code: ['商机编号', '商机编码'],
      account: ['客户名称'],
      stage: ['商机阶段', '销售阶段', '阶段'],
      amount: ['商机金额', '预计销售金额', '预计成交金额'],
      currency: ['币种'],
      engagedOn: ['发现时间'],
      expectedOn: ['预计成交日期', '预计成交时间'],
      closedOn: ['实际成交日期', '赢单时间', '成交日期', '预计成交日期'],
      lostReason: ['输单原因'],
      ownerId: ['负责人'],
      note: ['备注'],
    },
    values: { stage: stages },
    keys: ['code', 'name'],
  },
  {
    source,
    kind: { zh: '销售订单', en: 'Sales orders (销售订单)' },
    object: 'order',
    marks: [['销售订单编号'], ['客户名称'], ['下单日期'], ['销售订单金额']],
    columns: {
      code: ['销售订单编号'],
      account: ['客户名称'],
      opportunity: ['商机名称'],
      amount: ['销售订单金额'],
      currency: ['币种'],
      orderedOn: ['下单日期'],
      status: ['生命状态', '订单状态'],
      ownerId: ['负责人'],
      note: ['备注'],
    },
    values: { status: orderStatuses },
    keys: ['code'],
  },
  {
    source,
    kind: { zh: '回款', en: 'Payments (回款)' },
    object: 'payment',
    marks: [['回款编号'], ['销售订单编号'], ['本次回款金额', '回款金额'], ['回款日期']],
    columns: {
      code: ['回款编号'],
      order: ['销售订单编号'],
      account: ['客户名称'],
      amount: ['本次回款金额', '回款金额'],
      currency: ['币种'],
      receivedOn: ['回款日期'],
      method: ['回款方式'],
      ownerId: ['负责人'],
      note: ['备注'],
    },
    keys: ['code'],
  },
  {
    source,
    kind: { zh: '产品', en: 'Products (产品)' },
    object: 'product',
    marks: [['产品名称'], ['产品编码', '产品编号'], ['标准价格', '价格'], ['上下架']],
    columns: {
      name: ['产品名称'],
      code: ['产品编码', '产品编号'],
      series: ['分类', '产品分类'],
      listPrice: ['标准价格', '价格'],
      active: ['上下架'],
    },
    values: { active: shelf },
    keys: ['code', 'name'],
  },
]
