/** Family names with their frequency in China. */
// prettier-ignore
export const familyNames: readonly (readonly [string, number])[] = [
  ['王', 72], ['李', 71], ['张', 68], ['刘', 54], ['陈', 45], ['杨', 31], ['黄', 22], ['赵', 21], ['吴', 20], ['周', 20], ['徐', 15], ['孙', 15],
  ['马', 13], ['朱', 13], ['胡', 12], ['郭', 12], ['何', 11], ['林', 11], ['高', 10], ['罗', 10], ['郑', 9], ['梁', 9], ['谢', 8], ['宋', 8],
  ['唐', 7], ['许', 7], ['韩', 7], ['邓', 6], ['冯', 6], ['曹', 6], ['彭', 6], ['曾', 6], ['肖', 6], ['田', 5], ['董', 5], ['潘', 5], ['袁', 5],
  ['蔡', 5], ['蒋', 5], ['余', 5], ['于', 5], ['杜', 5], ['叶', 4], ['程', 4], ['魏', 4], ['苏', 4], ['吕', 4], ['丁', 4], ['任', 4], ['卢', 4],
  ['姚', 3], ['沈', 3], ['钟', 3], ['姜', 3], ['崔', 3], ['谭', 3], ['陆', 3], ['范', 3], ['汪', 3], ['廖', 3], ['石', 3], ['金', 3], ['欧阳', 1], ['上官', 0.5],
]

export const menNames =
  '建国 志强 伟明 海涛 俊杰 宏伟 永强 文博 浩然 子轩 家豪 少华 立新 振宇 国栋 晓东 明辉 永刚 建军 金龙 景行 嘉诚 思远 天宇 博文 泽宇 一鸣 鹏飞 志远 立群 伟 强 磊 军 勇 杰 涛 超 明 刚 鹏 辉 斌 宇 凯 健 峰 帆 睿 航 卓然 承志 学文 启明 绍辉 树林 兆丰 广平'.split(
    ' ',
  )

export const womenNames =
  '秀英 晓雯 雨婷 思琪 佳怡 丽娟 晓燕 雪梅 静怡 诗涵 欣悦 美玲 海燕 春梅 婉清 梦洁 若曦 雅琴 慧敏 艳红 小红 玉兰 晨曦 语嫣 嘉宁 文静 丹丹 芳 娜 敏 静 丽 娟 艳 霞 婷 雪 莹 琳 玲 慧 颖 洁 萍 倩 蕾 薇 岚 宁 璐 书瑶 心怡 可欣 沛然 怀玉 清和'.split(
    ' ',
  )

const brandHeads = '金绿丰华瑞新天禾嘉东永正大康惠中泰顺盛联恒鸿福润北南广沃益众佳春田谷源海宏信'
const brandTails = '穗源丰瑞禾泰农野田成达康润鑫隆裕阳源谷茂盛业和利通源兴旺顺民地望诚景谊然原岭峰川'

export const brands: readonly string[] = [...brandHeads].flatMap((head) =>
  [...brandTails].filter((tail) => tail !== head).map((tail) => head + tail),
)

export interface Trade {
  readonly industry: string
  readonly words: readonly string[]
  readonly endings: readonly string[]
  readonly weight: number
  /** Usual number of employees. */
  readonly size: number
}

const firm = ['有限公司', '有限公司', '有限责任公司', '股份有限公司']

// prettier-ignore
export const trades: readonly Trade[] = [
  { industry: '规模种植', words: ['农业科技', '农业发展', '生态农业', '农业开发'], endings: firm, weight: 22, size: 60 },
  { industry: '农民合作社', words: ['农机', '粮食种植', '果蔬', '水稻'], endings: ['专业合作社', '专业合作社联合社'], weight: 16, size: 25 },
  { industry: '粮油加工', words: ['粮油', '米业', '面业', '粮食'], endings: firm, weight: 13, size: 120 },
  { industry: '畜牧养殖', words: ['牧业', '养殖', '乳业', '畜牧'], endings: firm, weight: 12, size: 150 },
  { industry: '设施园艺', words: ['园艺', '蔬果', '花卉', '现代农业'], endings: firm, weight: 9, size: 70 },
  { industry: '食品加工', words: ['食品', '果业', '茶业', '冷链食品'], endings: firm, weight: 9, size: 180 },
  { industry: '种子种苗', words: ['种业', '种苗', '种子科技'], endings: firm, weight: 5, size: 90 },
  { industry: '水产养殖', words: ['水产', '渔业', '海洋牧场'], endings: firm, weight: 5, size: 80 },
  { industry: '饲料农资', words: ['饲料', '农资', '生物科技'], endings: firm, weight: 5, size: 140 },
  { industry: '农垦国企', words: ['农垦', '农业投资', '国营农场'], endings: ['集团有限公司', '有限责任公司'], weight: 4, size: 900 },
]

// prettier-ignore
export const jobTitles: readonly (readonly [string, number])[] = [
  ['总经理', 16], ['副总经理', 10], ['采购经理', 18], ['设备部经理', 14], ['生产部经理', 10], ['场长', 8], ['理事长', 6], ['技术负责人', 9], ['财务经理', 5], ['项目经理', 4],
]

export const lostReasons: readonly (readonly [string, number])[] = [
  ['价格高于竞品', 30],
  ['预算取消或推迟', 22],
  ['选择竞争对手', 20],
  ['需求变化', 10],
  ['补贴政策未落地', 9],
  ['交期无法满足', 6],
  ['客户决策人变动', 3],
]

/** Ways of staying in touch: how often, and what is written down. */
// prettier-ignore
export const contacts: readonly { readonly kind: string; readonly weight: number; readonly subjects: readonly string[]; readonly notes: readonly string[] }[] = [
  { kind: 'visit', weight: 30, subjects: ['现场拜访，查看设备使用情况', '上门沟通扩产计划', '陪同技术做现场勘测', '拜访决策人，介绍新方案'], notes: ['客户对能耗比较关心，需补充测算表。', '现场水源条件已确认，可以出方案。', '对方倾向分两期实施，第一期预算已批。', '客户提到竞品报价更低，需要突出售后。'] },
  { kind: 'call', weight: 28, subjects: ['电话跟进报价反馈', '确认合同条款', '了解采购时间安排', '回访设备运行情况'], notes: ['约定下周再沟通。', '付款方式希望 3:6:1,已反馈商务。', '对方在走内部审批，预计十天。', ''] },
  { kind: 'wechat', weight: 24, subjects: ['微信发送产品资料', '微信沟通交货时间', '发送同行案例视频'], notes: ['已发 PDF 与视频。', '客户转给了技术负责人。', ''] },
  { kind: 'meeting', weight: 12, subjects: ['技术方案交流会', '商务谈判', '产品演示会', '项目启动会'], notes: ['双方技术对齐参数，形成会议纪要。', '价格还差三个点，需申请。', '演示效果好，客户希望试用一个月。'] },
  { kind: 'email', weight: 6, subjects: ['邮件发送正式报价', '邮件发送合同草案'], notes: ['报价有效期三十天。', ''] },
]

// prettier-ignore
export const chores: readonly (readonly [words: string, priority: 'high' | 'normal' | 'low'])[] = [
  ['跟进报价反馈', 'high'], ['拜访客户，确认技术参数', 'normal'], ['提交合同审批', 'high'], ['催收第二笔货款', 'high'], ['发送案例资料', 'low'],
  ['安排现场勘测', 'normal'], ['更新商机预计成交日期', 'normal'], ['回访设备运行情况', 'normal'], ['准备投标文件', 'high'], ['节前问候老客户', 'low'],
]

// prettier-ignore
export const leaderChores: readonly (readonly [words: string, priority: 'high' | 'normal' | 'low'])[] = [
  ['审阅本周商机推进情况', 'normal'], ['与落后成员一对一沟通', 'high'], ['确认月底预测数', 'high'], ['协同拜访重点客户', 'normal'], ['复盘上月输单原因', 'normal'],
]
