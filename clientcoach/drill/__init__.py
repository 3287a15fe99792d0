"""The simulated customer: pure, whole numbers only; the same seed and acts give the same transcript everywhere.

`model`: the numbers of `playbooks/drills/drill-model.yaml`, as `content.drills` compiles them.
"""
