"""Who may say what, and how sure: exact rules, learnt heads, a model of the user's, a person."""
