"""An article: its quotations and claims, who says each, and of which document."""
