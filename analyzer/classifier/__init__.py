"""Features in, probabilities out: one calibrated logistic regression per target, trained here and shipped as plain arrays.

The only home of scikit-learn, which is imported when training and never when a saved model is used. A target is a label
("impact") or one value of a choice ("status=done"); an item that a target does not apply to (the polarity of what is no
feedback) has None and is left out of that target's fit.
"""

from analyzer.classifier.adapting import adapt
from analyzer.classifier.model import FeatureVector, Model
from analyzer.classifier.storage import load, save
from analyzer.classifier.training import train

__all__ = ["FeatureVector", "Model", "adapt", "load", "save", "train"]
