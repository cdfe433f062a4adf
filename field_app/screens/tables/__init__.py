"""数据导入导出: tables that come in, tables that go out, and what was brought in so far."""
