# An agent's script that may not pay by itself: a person decides, tomorrow perhaps.
invoices = tools.invoices()
due = sorted((i for i in invoices if i["due"] <= "2026-03-31"), key=lambda i: -i["amount"])
total = sum(i["amount"] for i in due)
print(f"{len(due)} invoices are due, {total} in all")

decision = tools.approve({"pay": [i["id"] for i in due], "total": total})
if not decision["yes"]:
    raise PermissionError(f"not paid: {decision['why']}")

paid = [tools.pay({"id": invoice["id"], "by": decision["by"]}) for invoice in due]
print("paid", paid)
{"paid": len(paid), "by": decision["by"]}
