"""One plausible record of every kind that people make; what it refers to is named `@kind`, and `@another` customer."""

from typing import Any

SAMPLES: dict[str, dict[str, Any]] = {
    "customer": {
        "name": "张三",
        "mobile": "13800000000",
        "email": "zhangsan@example.com",
        "address_detail": "北京市朝阳区XX路XX号",
        "decision_role": "决策者",
        "industry": "household",
        "purchase_power": 4,
        "province": "110000",
        "city": "110100",
        "district": "110105",
        "phones_extra": [{"type": "landline", "number": "010-12345678", "note": "父母家"}],
        "interests": "运动鞋、健身器材",
        "extra_lines": [{"label": "鞋码", "value": "42"}],
    },
    "company": {"name": "好邻居商贸", "industry": "零售业", "size": "10-49", "credit_code": "91350100M000100Y43"},
    "household": {
        "community": "花家地北里",
        "building": "3",
        "unit": "2",
        "room": "501",
        "best_time": "工作日晚、周末上午",
    },
    "visit": {"customer_id": "@customer", "outcome": "感兴趣", "content": "谈了新款手表"},
    "contact_record": {"customer_id": "@customer", "contact_at": "2024-09-15", "kind": "phone", "topic": "产品咨询"},
    "purchase": {
        "customer_id": "@customer",
        "purchase_date": "2024-09-10",
        "product_name": "智能手表",
        "amount": "1299",
    },
    "need": {"customer_id": "@customer", "need_type": "服务需求", "detail": "更详细的产品使用手册", "urgency": "紧急"},
    "complaint": {"customer_id": "@customer", "complaint_type": "quality", "content": "电池续航不足", "severity": "高"},
    "opportunity": {
        "customer_id": "@customer",
        "title": "换购跑步机",
        "stage": "方案报价",
        "amount_expected": "8500",
    },
    "preference": {"customer_id": "@customer", "category": "brand", "value": "国产品牌", "polarity": "喜欢"},
    "satisfaction_rating": {"customer_id": "@customer", "score": 4, "comment": "送货很快"},
    "behaviour_event": {"customer_id": "@customer", "kind": "浏览", "target": "跑步机详情页", "source": "官网"},
    "customer_merge": {"customer_id": "@customer", "other_id": "@another", "state": "不是同一位"},
    "followup": {"customer_id": "@customer", "title": "送使用手册", "due_date": "2026-12-01"},
    "visit_plan": {"date": "2026-11-25", "stops": [{"customer_id": "@customer", "at": "09:30"}]},
    "campaign": {"name": "冬季换新", "start": "2026-12-01", "end": "2026-12-31", "product": "智能手表"},
    "campaign_participation": {"campaign_id": "@campaign", "customer_id": "@customer", "status": "参加"},
    "consent": {"customer_id": "@customer", "purpose": "客户服务", "state": "同意"},
    "product": {"name": "智能手表", "category": "穿戴", "unit_price": "1299"},
    "care_strategy": {"tier": "A", "visit_every_days": 21, "reward": "生日礼盒", "care": "主管每季回访"},
    "attachment": {"visit_id": "@visit", "sha256": "ab" * 32, "size": 180_000, "mime": "image/jpeg"},
    "lifecycle_event": {"customer_id": "@customer", "from": "初次接触", "to": "prospect", "reason": "谈得很好"},
    "custom_field": {
        "entity": "customer",
        "key": "customer_gender",
        "label_zh": "客户性别",
        "data_type": "单选",
        "options": [{"code": "m", "zh": "男"}, {"code": "f", "zh": "女"}],
    },
    "form_template": {
        "name": "上门快速登记",
        "key": "quick",
        "version": 2,
        "fields": [{"field": "custom.customer_gender"}],
    },
    "own_table": {"key": "pets", "name_zh": "宠物档案", "name_en": "Pets", "is_attached": True},
    "label_use": {"entity": "customer", "record": "@customer", "word": "鞋码", "looks_like": "integer"},
    "survey_response": {"template": "quick", "score": 5, "suggestion": "字再大一点"},
    "audit_event": {"action": "导出", "entity": "customer", "reason": "交接"},
}


def sample(kind: str, ids: dict[str, str]) -> dict[str, Any]:
    """The sample with the ids of the records it refers to."""
    return {name: _with_ids(value, ids) for name, value in SAMPLES[kind].items()}


def _with_ids(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [{name: _with_ids(part, ids) for name, part in entry.items()} for entry in value]
    return ids[value[1:]] if isinstance(value, str) and value.startswith("@") else value
