"""Who plays in the story, and the made-up customers it is told on unless a file is given."""

ORGANISATION = "晨光家居"
TEAM = "东城一队"
REP, COLLEAGUE, SUPERVISOR = "李梅", "王强", "赵敏"
PINS = {REP: "730914", COLLEAGUE: "582046", SUPERVISOR: "916273"}

CUSTOMERS = """客户姓名,联系电话,电子邮箱,家庭住址
张三,13800000000,zhangsan@example.com,北京市朝阳区XX路XX号
欧阳修远,+86 139-1234-5678,ouyang@example.com,"北京市东城区幸福路12号3单元502室"
喆堃,１３７００００１１１１,,北京市西城区胡同口甲8号
陈静怡,13600002222,chen.jingyi@example.com,"朝阳区望京街道
花家地北里"
"""
