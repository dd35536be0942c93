from django.db import models


class Thing(models.Model):
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    due = models.DateTimeField(db_index=True)
    opened = models.DateTimeField()


class Line(models.Model):
    thing = models.ForeignKey(Thing, models.CASCADE, related_name="lines")
    title = models.CharField(max_length=200)
    due = models.DateTimeField()
